"""Records what JAX gives where a function has no derivative: `python edges.py > edges.json`."""
import json
import math
import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

jax.config.update("jax_enable_x64", True)
inf, nan = math.inf, math.nan
OUT = {}


def w(y):
    """Weighs the elements of a result with cos 0, cos 1, ..., and adds them up."""
    return jnp.sum(jnp.real(y) * jnp.cos(jnp.arange(y.size, dtype=jnp.float64)).reshape(y.shape))


def grad(name, f, *x, wrt=0):
    put(name, jax.grad(lambda *v: w(f(*v)), wrt)(*[a(v) for v in x]))


def a(v):
    return v if isinstance(v, jax.Array) else jnp.asarray(v, jnp.float64)


def put(name, value):
    value = np.asarray(value)
    flat = value.ravel()

    def number(v):
        v = float(v)
        return v if math.isfinite(v) else "NaN" if v != v else "Infinity" if v > 0 else "-Infinity"

    data = [[number(v.real), number(v.imag)] for v in flat] if value.dtype.kind == "c" else [number(v) for v in flat]
    dtype = {"float64": "f64", "complex128": "c128"}[str(value.dtype)]
    assert name not in OUT, name
    OUT[name] = [{"dtype": dtype, "shape": list(value.shape), "data": data}]


# ---- elementwise
grad("rem x", lax.rem, [3, -3, 0, 5], [1, 1, 1, 3])
grad("rem z", lax.rem, [5, -5, 5, -5, 3, 0], [3, 3, -3, -3, 1.5, 2], wrt=1)
PX, PZ = [0, 0, 0, 0, -2, -2, 2], [0, 0.5, 1, 2, 2, 3, -1]
grad("pow x", lax.pow, PX, PZ)
grad("pow z", lax.pow, PX, PZ, wrt=1)
grad("pow of an integer exponent", lambda x: lax.pow(x, jnp.array([0, 1, 2, -1, 0, 3])), [0, 0, 0, 2, 5, -2])
for n in (0, 1, 2, 3, -1):
    grad(f"integer power {n}", lambda x, n=n: lax.integer_pow(x, n), [-1, 0, 2])
grad("max with NaN", lax.max, [nan, 1, 1, 2], [1, nan, 1, 1])
grad("min with ties", lax.min, [0, 1, 1, 2], [1, 0, 1, 1], wrt=1)
for name in ("sqrt", "rsqrt", "cbrt", "log", "abs", "sign", "floor", "ceil", "round", "tanh", "logistic", "expm1"):
    grad(f"{name} at 0", getattr(lax, name), [0, -0.0, 1])
grad("log1p at -1", lax.log1p, [-1, 0])
grad("tanh far out", lax.tanh, [-20, -4, 4, 20])
grad("logistic far out", lax.logistic, [-40, -800, 40, 800])
grad("atan2 x", lax.atan2, [0, 0, 0, 1], [0, 1, -1, 0])
grad("atan2 z", lax.atan2, [0, 0, 0, 1], [0, 1, -1, 0], wrt=1)
for name in ("asin", "acos", "atanh"):
    grad(f"{name} at its ends", getattr(lax, name), [-1, 1, 0])
grad("acosh at 1", lax.acosh, [1, 2])
LO, CX, HI = [-1, -1, -1, -1, -1, 1, 1, 0], [-2, -1, 0, 1, 2, 0, 1, 2], [1, 1, 1, 1, 1, -1, 1, 0]
for i, name in enumerate(("lo", "x", "hi")):
    grad(f"clamp {name}", lax.clamp, LO, CX, HI, wrt=i)
grad("clip", lambda x: jnp.clip(x, -1, 1), [-2, -1, 0, 1, 2])
grad("select by one bool", lambda x: lax.select(jnp.array(False), x, 2 * x), [1, 2])
grad("reduce precision", lambda x: lax.reduce_precision(x, 5, 10), [1 / 3, 2 / 3])
grad("to int and back", lambda x: x.astype(jnp.int32).astype(jnp.float64) + x, [1.5, 2.5])
grad("i0e", lax.bessel_i0e, [-1, -0.0, 0, 1e-9, 2])
grad("i1e", lax.bessel_i1e, [-1, -0.0, 0, 1e-9, 2])
grad("lgamma", lax.lgamma, [1, 2, 0.5, -0.5])
grad("digamma", lax.digamma, [1, 2, 0.5])
grad("polygamma x", lambda x: lax.polygamma(jnp.full(2, 2.0), x), [1, 2.5])
grad("igamma x", lambda x: lax.igamma(jnp.array([0.5, 1, 3]), x), [0.5, 1, 2])
grad("igamma a", lambda b: lax.igamma(b, jnp.array([0.5, 1, 2])), [0.5, 1, 3])
grad("igammac x", lambda x: lax.igammac(jnp.array([0.5, 1, 3]), x), [0.5, 1, 2])
grad("betainc x", lambda x: lax.betainc(jnp.full(3, 2.0), jnp.full(3, 3.0), x), [0.2, 0.5, 0.9])
grad("erf inv", lax.erf_inv, [0, 0.5, -0.99])

# ---- neural networks
grad("relu", jax.nn.relu, [-1, -0.0, 0, 1])
grad("relu6", jax.nn.relu6, [-1, 0, 3, 6, 7])
grad("logsumexp", jax.nn.logsumexp, [-inf, -inf, 0])
grad("logsumexp of minus infinity", jax.nn.logsumexp, [-inf, -inf])
grad("logsumexp with infinity", jax.nn.logsumexp, [inf, 0])
grad("softmax", jax.nn.softmax, [-inf, 0, 1])
grad("log softmax", jax.nn.log_softmax, [2, 0, 1])
grad("logaddexp x", jnp.logaddexp, [-inf, 0, 1], [0, -inf, 2])
grad("logaddexp y", jnp.logaddexp, [-inf, 0, 1], [0, -inf, 2], wrt=1)
grad("softplus", jax.nn.softplus, [-800, 0, 800])

# ---- reductions
grad("max of a vector", jnp.max, [1, 2, 2, 0, 0, 2])
grad("max with a NaN", jnp.max, [1, nan, 2])
M = [[1, 3, 3], [0, 0, 0]]
grad("max of rows", lambda x: jnp.max(x, 1), M)
grad("min of columns", lambda x: jnp.min(x, 0), M)
grad("prod with one zero", jnp.prod, [2, 0, 3])
grad("prod with two zeros", jnp.prod, [2, 0, 0])
T = [1, 1, 3, 3, 2, 3]
for name in ("cumsum", "cumprod", "cummax", "cummin", "cumlogsumexp"):
    for reverse in (False, True):
        grad(f"{name}{' reversed' if reverse else ''}", lambda x, n=name, r=reverse: getattr(lax, n)(x, 0, r), T)
grad("cumprod with zeros", lambda x: lax.cumprod(x, 0), [2, 0, 3, 0, 5])
grad("cumlogsumexp of minus infinity", lambda x: lax.cumlogsumexp(x, 0), [-inf, 0, 1])
P = [1, 1, 3, 3, 3, 2]
grad("window max", lambda x: lax.reduce_window(x, -inf, lax.max, (3,), (2,), [(1, 1)]), P)
grad("window min", lambda x: lax.reduce_window(x, inf, lax.min, (3,), (2,), [(1, 1)]), P)
grad("window max of spread elements", lambda x: lax.reduce_window(x, -inf, lax.max, (3,), (1,), [(1, 1)], (2,)), P)
grad("window sum", lambda x: lax.reduce_window(x, 0.0, lax.add, (2,), (2,), [(1, 2)], (2,), (3,)), P)

# ---- indexing and sorting
grad("sort with ties", lambda x: lax.sort(x), [2, 1, 2, 1, 0])
grad("sort by keys with ties", lambda x: lax.sort((jnp.array([1, 0, 1, 0, 0]), x), num_keys=1)[1], [5, 6, 7, 8, 9])
grad("top k with ties", lambda x: lax.top_k(x, 3)[0], [1, 3, 2, 3, 3])
grad("median", jnp.median, [3, 1, 2, 2])
V, I = [1, 2, 3, 4], jnp.array([0, 3, 9, -1, -9, 3])
grad("take", lambda x: jnp.nan_to_num(jnp.take(x, I)), V)
grad("at get", lambda x: x.at[jnp.array([0, 0, -1])].get(), V)
U = [5, 6, 7, 8, 9, 10]
for op in ("set", "add", "min", "max"):
    grad(f"at {op} operand", lambda x, u, o=op: getattr(x.at[jnp.array([1, 1, 9, -1, 2, 2])], o)(u), [1, 6, 10, 8], U)
    grad(f"at {op} updates", lambda x, u, o=op: getattr(x.at[jnp.array([1, 1, 9, -1, 2, 2])], o)(u), [1, 6, 10, 8], U, wrt=1)
grad("at mul operand", lambda x, u: x.at[jnp.array([2, 0])].mul(u, unique_indices=True), V, [0, 3])
grad("at mul updates", lambda x, u: x.at[jnp.array([2, 0])].mul(u, unique_indices=True), V, [0, 3], wrt=1)
grad("dynamic slice beyond the end", lambda x: lax.dynamic_slice(x, (3,), (2,)), V)
grad("dynamic update beyond the end", lambda x, u: lax.dynamic_update_slice(x, u, (3,)), V, [8, 9])
grad("dynamic update beyond the end, update", lambda x, u: lax.dynamic_update_slice(x, u, (3,)), V, [8, 9], wrt=1)
grad("pad by less than nothing", lambda x: lax.pad(x, 0.5, [(-1, 2, 1)]), V)
grad("slice of nothing", lambda x: lax.slice(x, (2,), (2,)), V)

# ---- control flow
S = a([-1, 0, 4])
put("cond of a batch", jax.grad(lambda x: w(jax.vmap(lambda v: lax.cond(v > 0, jnp.sqrt, lambda u: 0.0 * u, v))(x)))(S))
put("where of a batch", jax.grad(lambda x: w(jnp.where(x > 0, jnp.sqrt(jnp.where(x > 0, x, 1)), 0)))(S))
put("loop forward", jax.jvp(lambda x: lax.while_loop(lambda v: v < 100, lambda v: v * v, x), (a(3),), (a(1),))[1])
put("switch by a batch", jax.grad(lambda x: w(jax.vmap(lambda i, v: lax.switch(i, [jnp.sin, jnp.log, jnp.exp], v))(jnp.array([-3, 1, 7]), x)))(a([0, 2, 1])))

# ---- linear algebra
A = [[4, 1, 2], [9, 5, 3], [8, 7, 6]]
grad("cholesky of the symmetric part", lax.linalg.cholesky, [[4, 1, 0.5], [1, 5, 3], [0.5, 3, 6]])
B, C = [[1, 2, 3], [4, 5, 6]], [[1, 2], [3, 4], [5, 6]]
for left in (False, True):
    for lower in (False, True):
        for transpose in (False, True):
            for unit in (False, True):
                name = f"triangular solve {'left' if left else 'right'} {'lower' if lower else 'upper'}{' transposed' if transpose else ''}{' unit' if unit else ''}"
                f = lambda x, y: lax.linalg.triangular_solve(x, y, left_side=left, lower=lower, transpose_a=transpose, unit_diagonal=unit)
                grad(name + " a", f, A, C if left else B)
                grad(name + " b", f, A, C if left else B, wrt=1)

# ---- complex numbers
Z = jnp.array([3 + 4j, -1j, 2 + 0j, -0.5 + 0.25j])
for name, f in {
    "abs": jnp.abs, "real": jnp.real, "imag": jnp.imag, "exp": jnp.exp, "log": jnp.log, "sqrt": jnp.sqrt,
    "tanh": jnp.tanh, "square of the absolute value": lambda z: jnp.abs(z) ** 2, "conj": jnp.conj,
    "product with its conjugate": lambda z: z * jnp.conj(z), "angle": jnp.angle, "inverse": lambda z: 1 / z,
    "cube": lambda z: z**3,
}.items():
    grad(f"complex {name}", f, Z)
put("complex abs at 0", jax.grad(lambda z: jnp.sum(jnp.abs(z)))(jnp.array([0j, 1 + 0j])))
put("holomorphic cube", jax.grad(lambda z: jnp.sum(z**3), holomorphic=True)(Z))
put("vjp of exp", jax.vjp(jnp.exp, Z)[1](Z * (1 + 2j))[0])
put("jvp of exp", jax.jvp(jnp.exp, (Z,), (Z * (1 + 2j),))[1])
put("vjp of abs", jax.vjp(jnp.abs, Z)[1](a([1, 2, 3, 4]))[0])
put("jvp of abs", jax.jvp(jnp.abs, (Z,), (Z * (1 + 2j),))[1])
grad("real to complex and back", lambda x: jnp.real(x.astype(jnp.complex128) * (1 + 2j)), [1, 2])
grad("complex of parts re", lambda x, y: jnp.abs(lax.complex(x, y)), [3, 0], [4, 1])
grad("complex of parts im", lambda x, y: jnp.abs(lax.complex(x, y)), [3, 0], [4, 1], wrt=1)
for n in (4, 5):
    X = np.sin(np.arange(n) + 1.0)
    grad(f"rfft {n}", lambda x: jnp.real(jnp.fft.rfft(x)) + 2 * jnp.imag(jnp.fft.rfft(x)), X)
    grad(f"irfft {n}", lambda z: jnp.fft.irfft(z, n), jnp.asarray(np.sin(np.arange(n // 2 + 1)) + 1j * np.cos(np.arange(n // 2 + 1))))
    grad(f"fft {n}", lambda z: jnp.fft.fft(z), jnp.asarray(X + 1j * X[::-1]))
    grad(f"ifft {n}", lambda z: jnp.imag(jnp.fft.ifft(z)), jnp.asarray(X + 1j * X[::-1]))

print(json.dumps(OUT, separators=(",", ":")).replace('],"', '],\n"'))
