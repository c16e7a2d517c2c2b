"""Exports functions of many kinds with jax.export, each with inputs and JAX's results.

  python exports.py OUTPUT_DIRECTORY

NAME.jax is what Exported.serialize() gives (with gradients where there are any), NAME.json the call.
"""
import os

os.environ["XLA_FLAGS"] = "--xla_force_host_platform_device_count=8"
import json
import pathlib
import sys

import jax
import jax.numpy as jnp
import ml_dtypes
import numpy as np
from jax import export, lax
from jax.sharding import Mesh, NamedSharding, PartitionSpec as P

jax.config.update("jax_enable_x64", True)
rng = np.random.default_rng(7)
NAMES = {"float32": "f32", "float64": "f64", "float16": "f16", "bfloat16": "bf16", "bool": "i1",
         "int8": "i8", "int16": "i16", "int32": "i32", "int64": "i64", "uint8": "ui8", "uint16": "ui16",
         "uint32": "ui32", "uint64": "ui64", "complex64": "complex<f32>", "complex128": "complex<f64>"}


def n(*shape, dtype=np.float32):
    return rng.standard_normal(shape).astype(dtype)


def i(*shape, dtype=np.int32, low=0, high=100):
    return rng.integers(low, high, shape).astype(dtype)


def mlp(layers, x):
    for w, b in layers:
        x = jnp.tanh(x @ w + b)
    return jnp.mean(x**2)


layers = [(n(8, 16), n(16)), (n(16, 4), n(4))]
mesh = Mesh(np.array(jax.devices()).reshape(4, 2), ("data", "model"))
bf = ml_dtypes.bfloat16

FUNCTIONS = {
    "sin_matmul": (lambda x: jnp.sin(x) @ x.T + 1, [n(3, 4)]),
    "mlp": (mlp, [layers, n(5, 8)]),
    "grad_mlp": (jax.grad(mlp), [layers, n(5, 8)]),
    "hessian": (jax.hessian(lambda x: jnp.sum(jnp.sin(x) * x**3)), [n(4)]),
    "while": (lambda x: lax.while_loop(lambda c: c[0] < 10, lambda c: (c[0] + 1, c[1] * 1.1), (0, x)), [n(3)]),
    "fori": (lambda x: lax.fori_loop(0, 5, lambda k, c: c + k, x), [i(3, dtype=np.int64)]),
    "scan": (lambda x: lax.scan(lambda c, a: (c + a, c * a), jnp.zeros(4, np.float32), x), [n(7, 4)]),
    "grad_scan": (jax.grad(lambda x: lax.scan(lambda c, a: (jnp.sin(c + a), c), x[0], x)[0].sum()), [n(7, 4)]),
    "cond": (lambda p, x: lax.cond(p, lambda v: v * 2, lambda v: v - 1, x), [np.array(True), n(3)]),
    "switch": (lambda k, x: lax.switch(k, [jnp.sin, jnp.cos, jnp.exp], x), [np.int32(2), n(3)]),
    "bf16": (lambda x, y: x @ y + jnp.bfloat16(1.5), [n(4, 4, dtype=bf), n(4, 4, dtype=bf)]),
    "f16": (lambda x: jnp.tanh(x) * 3 - x, [n(9, dtype=np.float16)]),
    "f8": (lambda x: (x.astype(jnp.float8_e4m3fn).astype(np.float32), x.astype(jnp.float8_e5m2).astype(np.float32)), [n(16)]),
    "signed": (lambda a, b: (a + b, a // b, a % b, a << 2, a >> 1, ~a, lax.population_count(a)),
               [i(5, dtype=np.int8), i(5, dtype=np.int8, low=1)]),
    "unsigned": (lambda a: (a.astype(np.uint64) * 3, a ^ 7, lax.clz(a)), [i(5, dtype=np.uint32)]),
    "i16": (lambda a, b: (jnp.maximum(a, b), a * b), [i(5, dtype=np.int16), i(5, dtype=np.int16)]),
    "u8": (lambda a: (a + 200, a.astype(np.float32) / 7), [i(6, dtype=np.uint8)]),
    "int4": (lambda a: a.astype(jnp.int4).astype(np.int32) + 1, [i(6)]),
    "complex": (lambda a: (jnp.fft.fft(a), jnp.abs(a), jnp.conj(a)), [(n(8) + 1j * n(8)).astype(np.complex64)]),
    "rfft": (lambda a: jnp.fft.irfft(jnp.fft.rfft(a)), [n(8)]),
    "conv": (lambda x, k: lax.conv_general_dilated(
        x, k, (2, 1), [(1, 1), (0, 2)], rhs_dilation=(1, 2), dimension_numbers=("NHWC", "HWIO", "NHWC"),
        feature_group_count=2), [n(2, 8, 8, 4), n(3, 3, 2, 6)]),
    "grad_conv": (jax.grad(lambda k, x: jnp.sum(lax.conv_general_dilated(
        x, k, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC")) ** 2)), [n(3, 3, 4, 6), n(2, 4, 4, 4)]),
    "maxpool": (jax.grad(lambda x: lax.reduce_window(x, -np.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID").sum()), [n(1, 8, 8, 3)]),
    "gather": (lambda x, k: x[k], [n(10, 4), i(3, high=10)]),
    "scatter": (lambda x, k, u: x.at[k].add(u), [n(10, 4), i(3, high=10), n(3, 4)]),
    "sort": (lambda x: (jnp.sort(x), jnp.argsort(x), lax.top_k(x, 3)), [n(12)]),
    "random": (lambda k: jax.random.normal(jax.random.wrap_key_data(k), (5,)), [np.array([1, 2], np.uint32)]),
    "special": (lambda x: (lax.erf(x), lax.lgamma(x), lax.digamma(x), jnp.arcsinh(x), lax.erf_inv(x / 4)), [np.abs(n(5)) + 0.5]),
    "softmax": (lambda x: (jax.nn.softmax(x), jax.nn.gelu(x), jax.nn.logsumexp(x)), [n(3, 5)]),
    "f64": (lambda x: jnp.linalg.norm(x) * jnp.pi, [n(5, dtype=np.float64)]),
    "constants": (lambda x: x + np.arange(200, dtype=np.float32), [n(200)]),
    "vmap_grad": (jax.vmap(jax.grad(lambda w, x: jnp.tanh(w @ x).sum()), (None, 0)), [n(4, 3), n(6, 3)]),
    "booleans": (lambda a, b: (a & b, a | b, a.astype(np.float32), jnp.where(a, b, ~b)), [i(9, high=2).astype(bool), i(9, high=2).astype(bool)]),
    "remat": (jax.grad(jax.checkpoint(lambda x: jnp.sin(jnp.sin(x)).sum())), [n(4)]),
    "unused": (lambda a, b, c: a + c, [n(3), n(4), n(3)]),
}
SHARDED = {
    "sharded_matmul": (lambda x, w: lax.with_sharding_constraint(x @ w, NamedSharding(mesh, P("data", "model"))),
                       [n(8, 4), n(4, 8)], [P("data", None), P(None, "model")]),
    "shard_map": (jax.shard_map(lambda x: lax.psum(x * lax.axis_index("data"), "data"), mesh=mesh,
                                in_specs=P("data", "model"), out_specs=P(None, "model")), [n(8, 4)], [P("data", "model")]),
}


def tensor(a):
    a = np.asarray(a)
    wide = a.astype(np.complex128 if a.dtype.kind == "c" else np.float64 if a.dtype.kind in "fV" else a.dtype)
    if a.dtype == np.float32:
        data = [float(str(x)) for x in a.reshape(-1)]
    elif a.dtype.kind == "c":
        data = [[float(x.real), float(x.imag)] for x in wide.reshape(-1)]
    else:
        data = [x.item() for x in wide.reshape(-1)]
    return {"shape": list(a.shape), "dtype": NAMES[str(a.dtype)], "data": data}


def write(folder, name, jitted, args, exported):
    try:
        blob = exported.serialize(vjp_order=1)
    except Exception:
        blob = exported.serialize()
    (folder / f"{name}.jax").write_bytes(blob)
    small = any(str(np.asarray(r).dtype) in ("bfloat16", "float16") for r in jax.tree.leaves(jitted(*args)))
    call = {"rtol": 2e-2 if small else 2e-5, "atol": 2e-2 if small else 2e-5,
            "inputs": [tensor(a) for a in jax.tree.leaves(args)],
            "outputs": [tensor(r) for r in jax.tree.leaves(jitted(*args))]}
    (folder / f"{name}.json").write_text(json.dumps(call))


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    versions = range(export.minimum_supported_calling_convention_version,
                     export.maximum_supported_calling_convention_version + 1)
    for number, (name, (f, args)) in enumerate(FUNCTIONS.items()):
        version = versions[number % len(versions)]
        jax.config.update("jax_export_calling_convention_version", version)
        jitted = jax.jit(f)
        platforms = ["cpu", "tpu"] if name == "softmax" else None
        write(folder, name, jitted, args, export.export(jitted, platforms=platforms)(*args))
    sizes = export.symbolic_shape("b, 4")
    jitted = jax.jit(lambda x: (jnp.tanh(x).sum(0), x.reshape(-1)[::2], x @ x.T))
    write(folder, "open", jitted, [n(3, 4)], export.export(jitted)(jax.ShapeDtypeStruct(sizes, np.float32)))
    for name, (f, args, specs) in SHARDED.items():
        jitted = jax.jit(f)
        placed = [jax.ShapeDtypeStruct(a.shape, a.dtype, sharding=NamedSharding(mesh, s)) for a, s in zip(args, specs)]
        exported = export.export(jitted)(*placed)
        on_mesh = [jax.device_put(a, NamedSharding(mesh, s)) for a, s in zip(args, specs)]
        write(folder, name, jitted, on_mesh, exported)
    print(len(FUNCTIONS) + 1 + len(SHARDED), "exports, calling conventions", list(versions))
