"""Reads programs with the official parser and the official reader of portable artifacts.

  python accepts.py DIRECTORY

Every NAME.mlir of the directory must parse and verify, every NAME.bc must deserialize, and be the
same program as the NAME.mlir beside it. Prints what is wrong, and how many files were read.
"""
import pathlib
import sys

from jax._src.interpreters import mlir
from jaxlib.mlir import ir
from jaxlib.mlir.dialects import stablehlo

wrong = texts = artifacts = 0
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    try:
        with mlir.make_ir_context() as context:
            if path.suffix == ".mlir":
                module = ir.Module.parse(path.read_text())
                assert module.operation.verify()
                texts += 1
            elif path.suffix == ".bc":
                module = stablehlo.deserialize_portable_artifact(context, path.read_bytes())
                assert module.operation.verify()
                text = path.with_suffix(".mlir").read_text()
                same = ir.Module.parse(text).operation.get_asm(print_generic_op_form=True)
                if module.operation.get_asm(print_generic_op_form=True) != same:
                    wrong += 1
                    print(f"{path.name}: differs from its text")
                artifacts += 1
    except Exception as e:
        wrong += 1
        print(f"{path.name}: {str(e)[:600]}")
print(f"{texts} texts, {artifacts} artifacts, {wrong} wrong")
sys.exit(wrong > 0)
