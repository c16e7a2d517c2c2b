/** StableHLO in pure Java: types, ops, verifier, text, interpreter and passes. */
module org.cornu.stablehlo {
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;

  exports org.cornu.stablehlo.build;
  exports org.cornu.stablehlo.bytecode;
  exports org.cornu.stablehlo.interpreter;
  exports org.cornu.stablehlo.ir;
  exports org.cornu.stablehlo.passes;
  exports org.cornu.stablehlo.text;
}
