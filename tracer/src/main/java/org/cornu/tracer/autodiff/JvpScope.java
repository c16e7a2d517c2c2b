package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.Closures;
import org.cornu.tracer.graph.Inliner;
import org.cornu.tracer.graph.MissingRuleException;
import org.jspecify.annotations.Nullable;

/**
 * Differentiates the ops of one block into another: what stands for each source value, and its
 * tangent, absent for a symbolic zero. The scope of a region shares both maps with the scope around
 * it, so that captured values keep their tangents.
 */
final class JvpScope {
  final Jvp jvp;
  final Builder b;
  private final Inliner primals;
  private final Map<Value, Value> tangents;

  JvpScope(Jvp jvp, Builder b) {
    this(jvp, b, new Inliner(b.block()), new HashMap<>());
  }

  private JvpScope(Jvp jvp, Builder b, Inliner primals, Map<Value, Value> tangents) {
    this.jvp = jvp;
    this.b = b;
    this.primals = primals;
    this.tangents = tangents;
  }

  /** The scope of a region that goes to {@code block}. */
  JvpScope region(Block block) {
    Builder inner = new Builder(block);
    inner.location(b.location());
    return new JvpScope(jvp, inner, primals.into(block), tangents);
  }

  void bind(Value source, Value primal, @Nullable Value tangent) {
    primals.map(source, primal);
    if (tangent == null) {
      tangents.remove(source);
    } else {
      tangents.put(source, tangent);
    }
  }

  Value primal(Value source) {
    return primals.get(source);
  }

  List<Value> primals(List<Value> sources) {
    return primals.get(sources);
  }

  @Nullable Value tangent(Value source) {
    return tangents.get(source);
  }

  List<@Nullable Value> tangents(List<Value> sources) {
    List<@Nullable Value> out = new ArrayList<>(sources.size());
    for (Value source : sources) {
      out.add(tangents.get(source));
    }
    return out;
  }

  /** Copies an op that has no tangent, or whose tangent is built beside it. */
  List<Value> copy(Op op) {
    return primals.copy(op).results();
  }

  /** A copy of a region under the present mapping, without tangents. */
  Block copy(Block region) {
    return primals.copy(region);
  }

  void run(Block source) {
    for (Op op : source.ops()) {
      b.location(op.location());
      if (!isActive(op)) {
        primals.copy(op);
        for (Value result : op.results()) {
          tangents.remove(result);
        }
        continue;
      }
      JvpSite site = new JvpSite(this, op);
      List<@Nullable Value> found = JvpRules.tangents(site);
      List<Value> results = site.results();
      for (int i = 0; i < results.size(); i++) {
        Value tangent = Masks.isInexact(op.result(i).type()) ? found.get(i) : null;
        bind(op.result(i), results.get(i), tangent);
      }
    }
  }

  private boolean isActive(Op op) {
    for (Value operand : op.operands()) {
      if (tangents.containsKey(operand)) {
        return true;
      }
    }
    for (Value operand : op.operands()) {
      if (isActiveTuple(operand)) {
        if (op.code() != OpCode.GET_TUPLE_ELEMENT) {
          throw new MissingRuleException(op, "jvp", "tuples cannot be differentiated through it");
        }
        return true;
      }
    }
    if (!op.regions().isEmpty()) {
      for (Value captured : Closures.freeValues(op.regions())) {
        if (tangents.containsKey(captured)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isActiveTuple(Value value) {
    Op tuple = value.op();
    return tuple != null
        && tuple.code() == OpCode.TUPLE
        && tuple.operands().stream().anyMatch(tangents::containsKey);
  }

  /** A result with its tangent. */
  record Dual(List<Value> primals, List<@Nullable Value> tangents) {}

  /**
   * Differentiates {@code body}, all of whose ops take {@code location}, in place: the primal and
   * tangent of its results for these of its arguments.
   */
  Dual differentiate(Block body, List<Value> arguments, List<@Nullable Value> argumentTangents) {
    Location location = b.location();
    JvpScope scope = new JvpScope(jvp, b);
    for (int i = 0; i < arguments.size(); i++) {
      scope.bind(body.argument(i), arguments.get(i), argumentTangents.get(i));
    }
    scope.run(body);
    b.location(location);
    return new Dual(scope.primals(body.results()), scope.tangents(body.results()));
  }
}
