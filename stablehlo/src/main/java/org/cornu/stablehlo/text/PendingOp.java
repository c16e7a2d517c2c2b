package org.cornu.stablehlo.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;

/** What has been read of an op so far. */
final class PendingOp {
  final OpCode code;
  final String name;
  final List<Value> operands = new ArrayList<>();
  final Map<String, Attribute> attributes = new TreeMap<>();
  final List<Block> regions = new ArrayList<>();
  List<? extends Type> results = List.of();

  PendingOp(OpCode code, String name) {
    this.code = code;
    this.name = name;
  }

  void set(String key, Attribute value) {
    attributes.put(key, value);
  }
}
