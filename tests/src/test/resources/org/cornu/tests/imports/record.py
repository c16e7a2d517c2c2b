"""Writes the programs of ImportedTest: functions that JAX lowered to StableHLO, with inputs, results,
gradients, directional derivatives and results over a batch as JAX computes them.

  python record.py OUTPUT_DIRECTORY

Each function f(*args) gives NAME.mlir and NAME.json. The gradients are those of
sum(weights[i] * results[i]) with respect to the floating-point arguments.
"""
import json
import pathlib
import sys

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

rng = np.random.default_rng(0)


def normal(*shape):
    return rng.standard_normal(shape).astype(np.float32)


def grid(*shape):
    """Multiples of 1/2, so that ties and zeros occur."""
    return (rng.integers(-3, 4, shape) / 2).astype(np.float32)


PROGRAMS = {}


def program(*args, forward_only=False):
    def add(f):
        PROGRAMS[f.__name__] = (f, args, forward_only)
        return f

    return add


@program(grid(4, 5), normal(5, 6), normal(6), grid(6, 3))
def relu_mlp(x, w, b, v):
    return jax.nn.relu(jax.nn.relu(x @ w + b) @ v) + jax.nn.relu(x[:, :3])


@program(grid(40))
def activations(x):
    return (
        jax.nn.relu6(4 * x), jax.nn.gelu(x), jax.nn.gelu(x, approximate=False), jax.nn.silu(x),
        jax.nn.softplus(x), jax.nn.elu(x), jax.nn.leaky_relu(x), jax.nn.selu(x), jax.nn.hard_tanh(x),
        jax.nn.log_sigmoid(x), jax.nn.sigmoid(x), jax.nn.celu(x), jax.nn.mish(x), jax.nn.hard_sigmoid(x),
        jax.nn.hard_swish(x), jax.nn.soft_sign(x), jax.nn.squareplus(x), jax.nn.glu(x), jax.nn.sparse_plus(x))


@program(grid(3, 5), np.array([0, 4, 2], np.int32))
def cross_entropy(logits, labels):
    picked = jnp.take_along_axis(jax.nn.log_softmax(logits), labels[:, None], axis=1)
    return -picked.mean(), jax.nn.softmax(logits, axis=0), jax.nn.logsumexp(logits, axis=1)


@program(grid(8), grid(8))
def logs(x, y):
    return jnp.logaddexp(x, y), jnp.logaddexp(x, x), jax.nn.logsumexp(x, b=jnp.abs(y) + 1)


@program(grid(12), grid(12))
def choices(x, y):
    return (
        jnp.where(x > y, x * y, jnp.sin(x)), jnp.clip(x, -0.5, 1), jnp.maximum(x, y),
        jnp.minimum(x, 0.5), jnp.abs(x), jnp.sign(x) * y, jnp.nan_to_num(x / y))


@program(normal(6, 3), normal(4), normal(3, 4), normal(4, 4))
def rnn(xs, h, w, u):
    def cell(h, x):
        h = jnp.tanh(x @ w + h @ u)
        return h, h * 2

    return lax.scan(cell, h, xs)


@program(normal(5, 3), normal(3))
def reversed_scan(xs, c):
    return lax.scan(lambda c, x: (c * 0.5 + jnp.sin(x), c * x), c, xs, reverse=True)


@program(normal(4), normal(4))
def counted_loop(x, y):
    return lax.fori_loop(0, 5, lambda i, c: jnp.sin(c) * y + i.astype(jnp.float32) * 0.1, x)


@program(normal(3, 4), normal(4))
def nested_scan(xs, c):
    def outer(c, x):
        inner = lambda d, _: (jnp.cos(d) + x, d.sum())
        return lax.scan(inner, c, None, length=3)

    return lax.scan(outer, c, xs)


@program(normal(6, 2), normal(2))
def checkpointed_scan(xs, c):
    body = jax.checkpoint(lambda c, x: (jnp.tanh(c + x) * c, c.sum()))
    return lax.scan(body, c, xs)


@program(normal(5), np.float32(7.0), forward_only=True)
def open_loop(x, limit):
    return lax.while_loop(lambda c: c[0] < limit, lambda c: (c[0] * 1.5 + 1, c[1] * 0.9 + x), (limit * 0, x))


@program(normal(4), np.int32(1), normal(4))
def branches(x, i, y):
    picked = lax.switch(i, [lambda a: a * 2, lambda a: jnp.sin(a) * y, lambda a: a - y], x)
    return picked, lax.cond(x[0] > 0, lambda a: a * y, lambda a: a + y, x)


@program(normal(3, 7), normal(7))
def cumulative(x, y):
    return (
        jnp.cumsum(x, 1), jnp.cumprod(x, 1), lax.cumlogsumexp(y), lax.cummax(y),
        lax.associative_scan(jnp.multiply, y))


@program(normal(4, 6), np.array([[1, 3], [0, 0]], np.int32))
def indexing(x, i):
    return (
        jnp.sort(x, axis=1), lax.top_k(x, 2)[0], x[i[0], i[1]], jnp.asarray(x).at[i[1], i[0]].add(x[0, :2]),
        lax.dynamic_slice(x, (i[0, 0], i[0, 1]), (2, 2)), x[::-1, ::2], jnp.median(x, axis=1))


@program(normal(2, 6, 6, 2), normal(3, 3, 2, 4), normal(4))
def convnet(x, k, b):
    y = lax.conv_general_dilated(x, k, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
    y = jax.nn.relu(y + b)
    y = lax.reduce_window(y, -jnp.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
    return y, lax.reduce_window(y, 0.0, lax.add, (1, 2, 2, 1), (1, 1, 1, 1), "SAME")


@program(normal(2, 4, 6), normal(6, 3, 2), normal(6, 3, 2), normal(6, 3, 2))
def attention(x, q, k, v):
    heads = [jnp.einsum("bse,ehd->bhsd", x, w) for w in (q, k, v)]
    scores = jnp.einsum("bhsd,bhtd->bhst", heads[0], heads[1]) / np.sqrt(2)
    scores = jnp.where(jnp.tril(jnp.ones((4, 4), bool)), scores, -1e9)
    return jnp.einsum("bhst,bhtd->bshd", jax.nn.softmax(scores), heads[2])


@program(normal(3, 5), normal(5), normal(5))
def normalization(x, scale, offset):
    centered = x - x.mean(-1, keepdims=True)
    y = centered * lax.rsqrt(x.var(-1, keepdims=True) + 1e-5) * scale + offset
    return y, jnp.linalg.norm(x, axis=1), jnp.std(x, axis=0), jax.nn.standardize(x)


@program(normal(8), normal(3, 3))
def spectrum(x, m):
    return jnp.abs(jnp.fft.rfft(x)), jnp.prod(m, axis=0), m @ m.T @ m


@jax.custom_jvp
def rounded(x):
    return jnp.round(x)


rounded.defjvp(lambda p, t: (rounded(*p), t[0]))


@program(normal(5))
def special(x):
    return (
        lax.erf(x), lax.lgamma(jnp.abs(x) + 1), lax.digamma(jnp.abs(x) + 1), lax.erf_inv(jnp.tanh(x)),
        jnp.arctan2(x, x[::-1]), jnp.sinc(x), jnp.power(jnp.abs(x), 1.7), jax.scipy.special.entr(jnp.abs(x)))


def tensor(a):
    a = np.asarray(a)
    name = {"float32": "f32", "int32": "i32", "bool": "i1"}[str(a.dtype)]
    data = [x if np.isfinite(x) else str(x).replace("inf", "Infinity").replace("nan", "NaN") for x in
            (float(str(v)) if name == "f32" else int(v) for v in a.reshape(-1))]
    return {"shape": list(a.shape), "dtype": name, "data": data}


def weights(like):
    return [np.cos(np.arange(r.size, dtype=np.float32)).reshape(r.shape) for r in like]


def record(name, f, args, forward_only, folder):
    flat = lambda *a: jax.tree.leaves(f(*a))
    results = flat(*args)
    real = [i for i, a in enumerate(args) if np.asarray(a).dtype == np.float32]
    tangents = [np.sin(np.arange(np.size(args[i]), dtype=np.float32) + i).reshape(np.shape(args[i])) for i in real]

    def at(*values):
        full = list(args)
        for i, v in zip(real, values):
            full[i] = v
        return flat(*full)

    floats = [args[i] for i in real]
    _, directional = jax.jvp(at, floats, tangents)
    out = {
        "rtol": 2e-5, "atol": 2e-5,
        "inputs": [tensor(a) for a in args],
        "outputs": [tensor(r) for r in results],
        "weights": [tensor(w) for w in weights(results)],
        "tangents": [tensor(t) for t in tangents],
        "directional": [tensor(d) for d in directional]}
    if not forward_only:
        loss = lambda *v: sum((w * r).sum() for w, r in zip(weights(results), at(*v)))
        out["gradients"] = [tensor(g) for g in jax.grad(loss, tuple(range(len(real))))(*floats)]
    batch = [np.stack([a, a[..., ::-1] if np.ndim(a) else a + 1, a]) if i in real else np.stack([a] * 3)
             for i, a in enumerate(map(np.asarray, args))]
    out["batch"] = [tensor(b) for b in batch]
    out["batched"] = [tensor(r) for r in jax.vmap(flat)(*batch)]
    text = jax.jit(f, keep_unused=True).lower(*args).as_text()
    (folder / f"{name}.mlir").write_text(text)
    (folder / f"{name}.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    for name, (f, args, forward_only) in PROGRAMS.items():
        record(name, f, args, forward_only, folder)
    print(len(PROGRAMS), "programs, jax", jax.__version__)
