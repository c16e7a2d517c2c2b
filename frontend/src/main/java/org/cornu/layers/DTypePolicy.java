package org.cornu.layers;

import org.cornu.config.ConfigException;
import org.cornu.config.Configured;
import org.cornu.config.Family;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.stablehlo.ir.DType;
import org.jspecify.annotations.Nullable;

/**
 * The types a layer computes and keeps its variables in, as {@code keras.DTypePolicy}: {@code
 * float32}, {@code mixed_float16}, {@code mixed_bfloat16}, or any single type.
 *
 * @see QuantizedDTypePolicy
 * @see DTypePolicyMap
 */
public class DTypePolicy extends Configured<DTypePolicy> {
  /** All policies, by name. */
  public static final Family<DTypePolicy> FAMILY = Family.of("dtype policy", DTypePolicy.class);

  private static final Option<String> NAME = Option.string("name").required();

  static final Spec SPEC = Spec.of("keras", "DTypePolicy").options(NAME).create(DTypePolicy::new);

  /** The policies that can be asked for by name. */
  static final java.util.List<String> NAMES =
      java.util.List.of(
          "float32",
          "float64",
          "float16",
          "bfloat16",
          "mixed_float16",
          "mixed_bfloat16",
          "int8",
          "int16",
          "int32",
          "int64",
          "uint8",
          "uint16",
          "uint32",
          "uint64",
          "bool",
          "complex64");

  private static volatile DTypePolicy global = new DTypePolicy("float32");

  private DTypePolicy() {
    super(SPEC);
  }

  /** A policy of another table. */
  DTypePolicy(Spec spec) {
    super(spec);
  }

  /**
   * The policy of this name: {@code mixed_bfloat16}, or {@code int8_from_mixed_bfloat16} for one of
   * a layer that is quantized when it is built.
   */
  public static DTypePolicy of(String name) {
    int from = name.indexOf("_from_");
    return from < 0
        ? new DTypePolicy(name)
        : QuantizedDTypePolicy.of(name.substring(0, from), name.substring(from + 6));
  }

  /** The mode in which layers of this policy are quantized, {@code int8}; null for none. */
  public @Nullable String quantizationMode() {
    return null;
  }

  /** The policy of this name. */
  public DTypePolicy(String name) {
    this();
    set(NAME, name);
    compute();
    variable();
  }

  /** The policy of layers that name none. */
  public static DTypePolicy global() {
    return global;
  }

  /** Sets the policy of layers that name none. */
  public static void global(DTypePolicy policy) {
    global = policy;
  }

  /** Name, {@code mixed_bfloat16}. */
  public String name() {
    return get(NAME);
  }

  /** The type of the layer's arithmetic and outputs. */
  public DType compute() {
    return switch (name()) {
      case "mixed_float16" -> DType.F16;
      case "mixed_bfloat16" -> DType.BF16;
      default -> kerasType(name());
    };
  }

  /** The type of the layer's variables. */
  public DType variable() {
    return name().startsWith("mixed_") ? DType.F32 : kerasType(name());
  }

  /** The element type of Keras' name {@code float32}, {@code uint8}, {@code bool}, … */
  public static DType kerasType(String name) {
    DType dtype = kerasTypeOrNull(name);
    if (dtype == null) {
      throw new ConfigException(
          "dtype: no type or policy '"
              + name
              + "'; policies are float32, mixed_float16,"
              + " mixed_bfloat16, or a type such as float64, bfloat16, int32");
    }
    return dtype;
  }

  private static @Nullable DType kerasTypeOrNull(String name) {
    return switch (name) {
      case "bool" -> DType.BOOL;
      case "bfloat16" -> DType.BF16;
      case "complex64" -> DType.C64;
      case "complex128" -> DType.C128;
      case "float8_e4m3fn" -> DType.F8E4M3FN;
      case "float8_e5m2" -> DType.F8E5M2;
      default -> {
        if (name.matches("float(16|32|64)")) {
          yield DType.byName("f" + name.substring(5));
        } else if (name.matches("int(4|8|16|32|64)")) {
          yield DType.byName("i" + name.substring(3));
        } else if (name.matches("uint(4|8|16|32|64)")) {
          yield DType.byName("u" + name.substring(4));
        }
        yield null;
      }
    };
  }

  /** Keras' name of an element type. */
  public static String kerasName(DType dtype) {
    if (dtype.isBool()) {
      return "bool";
    } else if (dtype == DType.BF16) {
      return "bfloat16";
    } else if (dtype == DType.F8E4M3FN) {
      return "float8_e4m3fn";
    } else if (dtype == DType.F8E5M2) {
      return "float8_e5m2";
    } else if (dtype.isFloat()) {
      return "float" + dtype.bits();
    } else if (dtype.isComplex()) {
      return "complex" + dtype.bits();
    }
    return (dtype.isUnsigned() ? "uint" : "int") + dtype.bits();
  }
}
