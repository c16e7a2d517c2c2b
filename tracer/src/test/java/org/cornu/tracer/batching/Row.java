package org.cornu.tracer.batching;

import java.util.List;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.tracer.batching.Programs.Arg;
import org.cornu.tracer.batching.Programs.Body;
import org.cornu.tracer.batching.Programs.Single;

/** One program of the table: an op in one of its forms. */
record Row(OpCode code, String form, List<Arg> args, Body body) {
  static Row of(OpCode code, String form, List<Arg> args, Single body) {
    return new Row(code, form, args, (b, x) -> List.of(body.build(b, x)));
  }

  static Row many(OpCode code, String form, List<Arg> args, Body body) {
    return new Row(code, form, args, body);
  }

  @Override
  public String toString() {
    return code.mlirName() + (form.isEmpty() ? "" : " " + form);
  }
}
