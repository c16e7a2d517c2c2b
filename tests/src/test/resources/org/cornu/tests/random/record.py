"""Records what jax.random draws on the CPU: python record.py OUT.json [large]

One row per call: the function, its seed, type and parameters, and the numbers. 64-bit rows are
drawn with jax_enable_x64. "large" takes more seeds and elements than the tests keep.
"""
import json
import sys

import jax
import numpy as np

large = len(sys.argv) > 2
SHAPE = (300,) if large else (2, 3)
SEEDS = (0, 7, 42, 123456) if large else (3,)
FLOATS = ("float32", "float64", "float16", "bfloat16")
INTS = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")

# function, parameters (by position), keyword arguments
FLOAT_CALLS = [
    ("uniform", [], {}), ("uniform", [], {"minval": -2.5, "maxval": 3.0}),
    ("normal", [], {}), ("truncated_normal", [-1.5, 2.0], {}), ("truncated_normal", [2.0, 2.5], {}),
    ("gumbel", [], {}), ("exponential", [], {}), ("laplace", [], {}), ("logistic", [], {}),
    ("cauchy", [], {}), ("maxwell", [], {}), ("rayleigh", [1.5], {}), ("wald", [0.7], {}),
    ("lognormal", [0.5], {}), ("pareto", [2.5], {}), ("weibull_min", [1.5, 0.8], {}),
    ("triangular", [-1.0, 0.25, 2.0], {}), ("double_sided_maxwell", [0.5, 2.0], {}),
    ("gamma", [0.3], {}), ("gamma", [1.0], {}), ("gamma", [7.5], {}), ("loggamma", [0.01], {}),
    ("loggamma", [3.0], {}), ("beta", [0.4, 0.9], {}), ("beta", [5.0, 2.0], {}),
    ("chisquare", [3.0], {}), ("f", [4.0, 6.0], {}), ("t", [2.5], {}),
    ("generalized_normal", [1.5], {}), ("binomial", [10.0, 0.3], {}), ("binomial", [100.0, 0.7], {}),
    ("binomial", [60.0, 0.5], {}),
]
ARRAYS = [  # parameters that are arrays
    ("gamma", [[0.2, 1.5, 40.0]], {}, (4, 3)), ("beta", [[[0.5], [2.0]], [1.0, 3.0]], {}, (2, 2)),
    ("dirichlet", [[0.5, 1.0, 2.0]], {}, (4,)), ("dirichlet", [[[5.0, 1.0], [0.1, 0.1]]], {}, None),
    ("truncated_normal", [[-1.0, 0.0, 1.0], [0.5, 2.0, 8.0]], {}, None), ("t", [[1.0, 30.0]], {}, (3, 2)),
    ("multivariate_normal", [[1.0, -2.0], [[2.0, 0.3], [0.3, 0.5]]], {}, (3,)),
    ("multivariate_normal", [[[0.0, 0.0], [5.0, 5.0]], [[1.0, 0.0], [0.0, 4.0]]], {}, None),
    ("uniform", [], {"minval": [0.0, 5.0], "maxval": [1.0, 9.0]}, (3, 2)),
]
rows = []


def plain(a):
    a = np.asarray(a)
    data = a.astype(np.float64) if a.dtype.name in FLOATS else a
    flat = [x if np.isfinite(x) else str(x) for x in data.ravel().tolist()]
    return {"shape": list(a.shape), "dtype": a.dtype.name, "data": flat}


def wide(dtype):
    return dtype is not None and dtype.endswith("64")


def record(fn, seed, dtype, params, kwargs, shape, x64=None):
    with jax.enable_x64(wide(dtype) if x64 is None else x64):
        f = getattr(jax.random, fn)
        key = jax.random.key(seed)
        # parameters carry the type of the result where that is a float
        as_type = dtype if dtype in FLOATS else None
        cast = lambda p: (np.asarray(p, np.float32).astype(jax.numpy.dtype(as_type)) if as_type else np.asarray(p, np.float32)) if isinstance(p, (list, float)) else p
        call = {k: cast(v) if k in ("minval", "maxval") and fn == "uniform" else v for k, v in kwargs.items()}
        if fn == "randint":
            call = {k: np.asarray(v, "int32") for k, v in call.items()}
        if fn == "choice" and "p" in call:
            call["p"] = np.asarray(call["p"], np.float32)
        if dtype is not None:
            call["dtype"] = jax.numpy.dtype(dtype)
        if shape is not None:
            call["shape"] = shape
        if fn in ("generalized_normal", "ball"):
            out = f(key, *params, **call)
        else:
            out = f(key, *[cast(p) for p in params], **call)
        rows.append({"fn": fn, "seed": seed, "dtype": dtype, "params": params, "kwargs": kwargs,
                     "shape": None if shape is None else list(shape), "output": plain(out)})


for seed in SEEDS:
    for dtype in FLOATS:
        for fn, params, kwargs in FLOAT_CALLS:
            record(fn, seed, dtype, params, kwargs, SHAPE)
        record("normal", seed, dtype, [], {}, ())
        if dtype in ("float32", "float64"):
            for fn, params, kwargs, shape in ARRAYS:
                record(fn, seed, dtype, params, kwargs, shape)
            record("ball", seed, dtype, [3, 1.5], {}, (5,))
            record("orthogonal", seed, dtype, [3], {}, (2,))
            record("orthogonal", seed, dtype, [2], {"m": 4}, ())
            record("multinomial", seed, dtype, [20.0, [0.2, 0.5, 0.3]], {}, None)
    for dtype in INTS:
        narrow = 100 if dtype.endswith("8") else 30000
        low = 0 if dtype.startswith("u") else -narrow // 3
        record("randint", seed, dtype, [], {"minval": low, "maxval": narrow}, SHAPE)
        record("poisson", seed, dtype, [2.5], {}, SHAPE)
        record("poisson", seed, dtype, [55.0], {}, SHAPE)
        record("geometric", seed, dtype, [0.3], {}, SHAPE)
        record("rademacher", seed, dtype, [], {}, SHAPE) if not dtype.startswith("u") else None
        if dtype.startswith("u"):
            record("bits", seed, dtype, [], {}, SHAPE)
    record("randint", seed, "int8", [], {"minval": -128, "maxval": 128}, SHAPE)
    record("randint", seed, "int32", [], {"minval": [0, 10, 5], "maxval": [4, 1000000, 5]}, (4, 3))
    record("poisson", seed, "int32", [[0.0, 0.5, 9.9, 10.0, 300.0]], {}, (3, 5))
    for p, dtype in ((0.3, "float32"), (0.3, "bfloat16"), (0.3, "float64"), ([0.1, 0.9], "float32")):
        with jax.enable_x64(wide(dtype)):
            shape = SHAPE if isinstance(p, float) else (4, 2)
            out = jax.random.bernoulli(jax.random.key(seed), np.asarray(p, np.float32).astype(jax.numpy.dtype(dtype)), shape)
            rows.append({"fn": "bernoulli", "seed": seed, "dtype": dtype, "params": [p], "kwargs": {},
                         "shape": list(shape), "output": plain(out)})
    logits = [[0.1, -0.3, 1.2, 0.0], [2.0, 0.5, -1.0, 0.3], [0.0, 0.0, 0.0, 3.0]]
    for kwargs, shape in (({}, None), ({"axis": 0}, None), ({"axis": 1}, (5, 3)), ({"axis": 0}, (2, 4)),
                          ({"axis": 1, "replace": False}, (4, 3)), ({"axis": 0, "replace": False}, (2, 4)),
                          ({"axis": 1, "replace": False}, (2, 2, 3))):
        record("categorical", seed, None, [logits], kwargs, shape)
    record("choice", seed, None, [10], {}, (4,))
    record("choice", seed, None, [10], {"replace": False}, (2, 3))
    record("choice", seed, None, [4], {"p": [0.1, 0.2, 0.3, 0.4]}, (6,))
    record("choice", seed, None, [4], {"p": [0.1, 0.2, 0.3, 0.4], "replace": False}, (3,))
    record("choice", seed, None, [[[0.5, 1.5, 2.5], [3.5, 4.5, 5.5]]], {"axis": 1}, (2, 2))
    record("choice", seed, None, [[[0.5, 1.5, 2.5], [3.5, 4.5, 5.5]]], {"axis": 1, "replace": False}, (2,))
    record("choice", seed, None, [[[0.5, 1.5, 2.5], [3.5, 4.5, 5.5]]], {"axis": 1, "p": [0.2, 0.2, 0.6]}, (4,))
    for axis in (0, 1):
        for independent in (False, True):
            record("permutation", seed, None, [[[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0], [9.0, 10.0, 11.0, 12.0]]],
                   {"axis": axis, "independent": independent}, None)
    for z in ("complex64", "complex128"):
        with jax.enable_x64(z == "complex128"):
            out = jax.random.normal(jax.random.key(seed), (4,), z)
            rows.append({"fn": "normal", "seed": seed, "dtype": z, "params": [], "kwargs": {}, "shape": [4],
                         "output": plain(np.stack([np.real(out), np.imag(out)], -1))})

with open(sys.argv[1], "w") as out:
    out.write('{"jax": "%s", "rows": [\n' % jax.__version__)
    out.write(",\n".join(json.dumps(r, separators=(",", ":")) for r in rows))
    out.write("\n]}\n")
print(len(rows), "rows")
