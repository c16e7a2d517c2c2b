package org.cornu.layers;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stateless.StatelessScope;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.cornu.tracer.Trees;

/**
 * Output types of a layer for inputs with open sizes: the type rules are run at two different probe
 * sizes, and what differs between them is open in the result.
 */
final class SymbolicShapes {
  /** Sizes that stand in for an open batch size, and for any other open size. */
  private record Probe(long batch, long other) {}

  private static final Probe FIRST = new Probe(2, 60);
  private static final Probe SECOND = new Probe(3, 84);

  private SymbolicShapes() {}

  static List<TensorType> infer(Layer<?> layer, List<Tensor> inputs, Call call) {
    List<TensorType> a = run(layer, inputs, call, FIRST);
    boolean open = inputs.stream().anyMatch(t -> !t.shape().isStatic());
    if (!open) {
      return a;
    }
    List<TensorType> b = run(layer, inputs, call, SECOND);
    List<TensorType> out = new ArrayList<>(a.size());
    for (int i = 0; i < a.size(); i++) {
      out.add(merge(layer, a.get(i), b.get(i)));
    }
    return out;
  }

  private static TensorType merge(Layer<?> layer, TensorType a, TensorType b) {
    if (a.rank() != b.rank()) {
      throw new OpException(
          layer.name()
              + ": the rank of the output depends on a size that is not known yet: got "
              + a.brief()
              + " and "
              + b.brief());
    }
    long[] dims = a.shape().dims();
    for (int d = 0; d < dims.length; d++) {
      if (dims[d] != b.dim(d)) {
        dims[d] = Shape.DYNAMIC;
      }
    }
    return TensorType.of(a.element(), dims);
  }

  private static List<TensorType> run(Layer<?> layer, List<Tensor> inputs, Call call, Probe probe) {
    List<Tensor> specs = new ArrayList<>(inputs.size());
    for (Tensor input : inputs) {
      specs.add(Tensor.spec(sized(input.type(), probe), null));
    }
    Call sized =
        Calls.mapTensors(
            call, t -> t.symbolicNode() != null ? Tensor.spec(sized(t.type(), probe), null) : t);
    List<Tensor> extras = Calls.tensors(sized);
    List<Tensor> all = new ArrayList<>(specs);
    all.addAll(extras);
    int count = specs.size();
    List<Tensor> results =
        Transforms.evalShape(
            (List<Tensor> traced) -> {
              try (StatelessScope scope = StatelessScope.open()) {
                Call inner = Calls.withTensors(sized, traced.subList(count, traced.size()));
                return layer.run(traced.subList(0, count), inner);
              }
            },
            all);
    return Trees.leaves(results).stream().map(Tensor::type).toList();
  }

  private static TensorType sized(TensorType type, Probe probe) {
    long[] dims = type.shape().dims();
    for (int d = 0; d < dims.length; d++) {
      if (dims[d] == Shape.DYNAMIC) {
        dims[d] = d == 0 ? probe.batch() : probe.other();
      }
    }
    return TensorType.of(type.element(), dims);
  }
}
