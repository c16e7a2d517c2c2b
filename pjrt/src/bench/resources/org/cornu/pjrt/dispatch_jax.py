"""JAX's side of DispatchComparison: reads 'WORKLOAD CALLS' lines, answers 'WALL_NS CPU_NS CHECKSUM'."""
import sys
import time

import jax
import numpy as np


def put(value):
    return jax.device_put(value, jax.devices("cpu")[0])


def workload(name):
    if name == "scalar_add":
        return jax.jit(lambda x: x + 1), put(np.float32(0))
    if name == "donated_200":
        f = jax.jit(lambda xs: [x + 1 for x in xs], donate_argnums=0)
        return f, [put(np.full(16, i, np.float32)) for i in range(200)]
    raise ValueError(name)


state = {}
print("ready jax", jax.__version__, flush=True)
for line in sys.stdin:
    name, calls = line.split()
    if name not in state:
        state[name] = workload(name)
    f, x = state[name]
    cpu = time.process_time_ns()
    start = time.perf_counter_ns()
    for _ in range(int(calls)):
        x = f(x)
    x = jax.block_until_ready(x)
    wall = time.perf_counter_ns() - start
    cpu = time.process_time_ns() - cpu
    state[name] = (f, x)
    first = x[0] if isinstance(x, list) else x
    print(wall, cpu, float(np.asarray(first).ravel()[0]), flush=True)
