package org.cornu.check;

import java.util.List;
import org.cornu.quantizers.Quantizers;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;

/** {@code keras.quantizers} as functions. */
public final class QuantizerEntries implements OpCatalog.Provider {
  /** For the service loader. */
  public QuantizerEntries() {}

  @Override
  public void addTo(OpCatalog catalog) {
    catalog.add(
        "keras.quantizers.abs_max_quantize(inputs, axis, value_range=(-127, 127), dtype='int8',"
            + " epsilon=1e-07, to_numpy=False)",
        "Quantizers.absMaxQuantize",
        a -> {
          int[] range = a.ints("value_range");
          return Quantizers.absMaxQuantize(
              a.tensor("inputs"), range[0], range[1], a.number("epsilon"), a.ints("axis"));
        });
    catalog.add(
        "keras.quantizers.abs_max_quantize_grouped_with_zero_point(inputs, block_size,"
            + " value_range=(-8, 7), dtype='int8', epsilon=1e-07, to_numpy=False)",
        "Quantizers.absMaxQuantizeGrouped",
        a -> {
          int[] range = a.ints("value_range");
          return Quantizers.absMaxQuantizeGrouped(
              a.tensor("inputs"), a.integer("block_size"), range[0], range[1], a.number("epsilon"));
        });
    catalog.add(
        "keras.quantizers.compute_float8_scale(amax, scale, dtype_max, margin=0)",
        "Quantizers.computeFloat8Scale",
        a ->
            Quantizers.computeFloat8Scale(
                a.tensor("amax"), a.tensor("scale"), a.number("dtype_max"), a.integer("margin")));
    catalog.add(
        "keras.quantizers.compute_float8_amax_history(x, amax_history)",
        "Quantizers.computeFloat8AmaxHistory",
        a -> Quantizers.computeFloat8AmaxHistory(a.tensor("x"), a.tensor("amax_history")));
    catalog.add(
        "keras.quantizers.quantize_and_dequantize(inputs, scale, quantized_dtype, compute_dtype)",
        "Quantizers.quantizeAndDequantize",
        a ->
            Quantizers.quantizeAndDequantize(
                a.tensor("inputs"),
                a.tensor("scale"),
                a.dtype("quantized_dtype", DType.F8E4M3FN),
                a.dtype("compute_dtype", DType.F32)));
    catalog.add(
        "keras.quantizers.pack_int4(arr, axis=0, dtype='int8')",
        "Quantizers.packInt4",
        a -> packed(a.tensor("arr"), a.integer("axis")));
    catalog.add(
        "keras.quantizers.unpack_int4(packed, orig_len, axis=0, dtype='int8')",
        "Quantizers.unpackInt4",
        a -> Quantizers.unpackInt4(a.tensor("packed"), a.integer("orig_len"), a.integer("axis")));
    catalog.add(
        "keras.quantizers.fake_quant_with_min_max_vars(inputs, min_vals, max_vals, num_bits=8,"
            + " narrow_range=False, axis=None)",
        "Quantizers.fakeQuantWithMinMaxVars",
        a ->
            Quantizers.fakeQuantWithMinMaxVars(
                a.tensor("inputs"),
                a.tensor("min_vals"),
                a.tensor("max_vals"),
                a.integer("num_bits"),
                a.flag("narrow_range"),
                a.has("axis") ? a.integer("axis") : null));
  }

  /** The packed integers alone; Keras adds sizes that their shapes tell. */
  private static List<Tensor> packed(Tensor x, int axis) {
    return List.of(Quantizers.packInt4(x, axis));
  }
}
