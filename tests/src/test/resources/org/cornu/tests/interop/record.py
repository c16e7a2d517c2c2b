"""Fills drawn cases with what Keras computes: python record.py cases.json recorded.json.

A case has a name, a kind (one of KINDS), an object as Keras serializes it, inputs, and how it is
called. Arrays are {"shape", "dtype", "data"}; {"$in": i} stands for input i. What Keras
refuses gets an "error" instead of outputs; gradients that it cannot give, a "grad_error".
"""

import contextlib
import copy
import json
import os
import sys
import zlib

os.environ["KERAS_BACKEND"] = "jax"

import jax  # noqa: E402
import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras.src.backend.common.masking import get_keras_mask  # noqa: E402
from keras.src.initializers import random_initializers  # noqa: E402

# Thousands of small programs run once: compiling takes the time.
jax.config.update("jax_disable_most_optimizations", True)
keras.config.enable_unsafe_deserialization()


# The functions of layers of class Lambda, which both sides know by these names.
@keras.saving.register_keras_serializable("interop")
def twice(x):
    return x * 2


@keras.saving.register_keras_serializable("interop")
def power(x, exponent):
    return keras.ops.power(keras.ops.abs(x), exponent)


@keras.saving.register_keras_serializable("interop")
def pairs(x, training=None):
    return keras.ops.stack([x, -x] if training else [x, x], axis=-1)


def decode(array):
    dtype = array["dtype"]
    if dtype == "string":
        return np.array(array["data"], dtype=object).reshape(array["shape"])
    values = np.array([float(x) if isinstance(x, str) else x for x in array["data"]])
    if dtype == "complex64":
        values = values[0::2] + 1j * values[1::2]
    values = values.reshape(array["shape"])
    if dtype == "bfloat16":
        return keras.ops.cast(values.astype("float32"), "bfloat16")
    return keras.ops.convert_to_tensor(values.astype(dtype))


def number(x):
    if np.isnan(x):
        return "NaN"
    if np.isinf(x):
        return "Infinity" if x > 0 else "-Infinity"
    return float(x)


def encode(tensor):
    if getattr(tensor, "dtype", None) in ("string", object):
        values = np.asarray(tensor)
        text = [x.decode() if isinstance(x, bytes) else str(x) for x in values.ravel()]
        return {"shape": list(values.shape), "dtype": "string", "data": text}
    dtype = keras.backend.standardize_dtype(tensor.dtype)
    values = np.asarray(tensor)
    if dtype == "complex64":
        parts = values.astype("complex64").ravel().view("float32").tolist()
        return {"shape": list(values.shape), "dtype": dtype, "data": [number(x) for x in parts]}
    values = values.astype("float32") if "float" in dtype else values
    flat = values.ravel().tolist()
    return {
        "shape": list(values.shape),
        "dtype": dtype,
        "data": [number(x) for x in flat] if "float" in dtype else flat,
    }


def fill(tree, inputs):
    if isinstance(tree, dict):
        if "$in" in tree:
            return inputs[tree["$in"]]
        if "$tuple" in tree:
            return tuple(fill(v, inputs) for v in tree["$tuple"])
        if "$slice" in tree:
            return slice(*tree["$slice"])
        if "$ellipsis" in tree:
            return ...
        if "$float" in tree:
            return float(tree["$float"])
        return {k: fill(v, inputs) for k, v in tree.items()}
    if isinstance(tree, list):
        return [fill(v, inputs) for v in tree]
    return tree


def leaves(tree):
    return [x for x in jax.tree_util.tree_leaves(tree) if x is not None]


def plain(tree):
    """Tuples as lists, numbers of NumPy as numbers, for JSON."""
    if isinstance(tree, dict):
        return {k: plain(v) for k, v in tree.items()}
    if isinstance(tree, (list, tuple)):
        return [plain(v) for v in tree]
    if isinstance(tree, np.generic):
        return tree.item()
    return tree


def start(variable, rng):
    """A value for a weight before the call: anything, but positive where it is a variance."""
    if not keras.backend.is_float_dtype(variable.dtype):
        return
    low = 0.2 if "variance" in variable.path else -0.6
    variable.assign(rng.uniform(low, 0.9, variable.shape).astype("float32"))


@contextlib.contextmanager
def zeros_at_first():
    """Random initializers give zeros: the weights are overwritten, and drawing them takes long."""
    module = random_initializers
    own = [
        (c, c.__dict__["__call__"])
        for c in vars(module).values()
        if isinstance(c, type) and "__call__" in c.__dict__
    ]
    for c, _ in own:
        c.__call__ = lambda self, shape, dtype=None, **named: keras.ops.convert_to_tensor(
            np.zeros(shape, "float32"), dtype or "float32"
        )
    try:
        yield
    finally:
        for c, call in own:
            c.__call__ = call


def layer(case, inputs):
    made = keras.saving.deserialize_keras_object(case["object"])
    call = case["call"]
    symbols = [keras.KerasTensor(x.shape, keras.backend.standardize_dtype(x.dtype)) for x in inputs]
    with zeros_at_first():
        made(*fill(call["args"], symbols), **fill(call["kwargs"], symbols))
    rng = np.random.default_rng(zlib.crc32(case["name"].encode()))
    for weight in made.weights:
        start(weight, rng)
    if hasattr(made, "finalize_state"):
        made.finalize_state()
    case["object"] = plain(keras.saving.serialize_keras_object(made))
    trained = {id(w) for w in made.trainable_variables}
    case["weights"] = [
        {"path": w.path, "trainable": id(w) in trained, **encode(w.value)} for w in made.weights
    ]
    variables = made.trainable_variables + made.non_trainable_variables
    trainable = [v.value for v in made.trainable_variables]
    floats = [i for i, x in enumerate(inputs) if "float" in str(x.dtype)]

    def run(trainable, given):
        filled = list(inputs)
        for i, x in zip(floats, given):
            filled[i] = x
        args, kwargs = fill(call["args"], filled), fill(call["kwargs"], filled)
        values = trainable + [v.value for v in made.non_trainable_variables]
        # Not stateless_call: that leaves out casts, masks and penalties on activities.
        with keras.StatelessScope(list(zip(variables, values)), collect_losses=True) as scope:
            out = leaves(made(*args, **kwargs))
            losses = made.losses
        masks = [get_keras_mask(x) for x in out]
        after = [scope.get_current_value(v) for v in made.non_trainable_variables]
        return out, masks, losses, after

    given = [inputs[i] for i in floats]
    try:
        shapes, compiled = jax.eval_shape(run, trainable, given)[0], jax.jit
    except Exception:  # some layers of Keras run only one operation at a time
        shapes, compiled = run(trainable, given)[0], lambda f: f
    weights = [
        rng.standard_normal(x.shape).astype("float32") if "float" in str(x.dtype) else None
        for x in shapes
    ]
    wanted = case.pop("gradients", False) and (floats or trainable)
    wanted = wanted and any(w is not None for w in weights)

    def total(trainable, given):
        results = run(trainable, given)
        pairs = [p for p in zip(results[0], weights) if p[1] is not None]
        return sum((x.astype("float32") * w).sum() for x, w in pairs), results

    grads = None
    if wanted:
        try:
            grads, results = compiled(jax.grad(total, (0, 1), has_aux=True))(trainable, given)
        except Exception as error:
            case["grad_error"] = f"{type(error).__name__}: {error}"[:600]
    if grads is None:
        results = compiled(run)(trainable, given)
    out, masks, losses, after = results
    case["outputs"] = [encode(x) for x in out]
    if any(m is not None for m in masks):
        case["output_masks"] = [None if m is None else encode(m) for m in masks]
    if losses:
        case["losses"] = [encode(x) for x in losses]
    kept = {id(w) for w in made.weights}
    case["non_trainable_after"] = [
        encode(x) for v, x in zip(made.non_trainable_variables, after) if id(v) in kept
    ]
    if grads is not None:
        case["cotangents"] = [None if w is None else encode(w) for w in weights]
        case["grad_inputs"] = floats
        case["grads"] = {
            "weights": [encode(x) for x in grads[0]],
            "inputs": [encode(x) for x in grads[1]],
        }


def lookup(case, inputs):
    case["kind"] = "layer"
    inputs = [np.asarray(x) for x in inputs]
    made = keras.saving.deserialize_keras_object(case["object"])
    if "adapt" in case:
        made.adapt(fill(case["adapt"], inputs))
        case["vocabulary"] = plain(made.get_vocabulary())
    case["weights"] = []
    case["outputs"] = [encode(made(*fill(case["call"]["args"], inputs)))]
    case["object"] = plain(keras.saving.serialize_keras_object(made))


def loss(case, inputs):
    made = keras.saving.deserialize_keras_object(case["object"])
    if case.get("masked"):
        *inputs, mask = inputs
        keras.src.backend.set_keras_mask(inputs[1], mask)
    # The object stays as drawn: Keras' config of CosineSimilarity forgets the axis.
    case["outputs"] = [encode(made(*inputs))]


def metric(case, inputs):
    made = keras.saving.deserialize_keras_object(case["object"])
    case["results"] = []
    for update in case["updates"]:
        args, named = fill(update["args"], inputs), fill(update["kwargs"], inputs)
        if "mask" in named:
            keras.src.backend.set_keras_mask(args[1], named.pop("mask"))
        made.update_state(*args, **named)
        case["results"].append([encode(x) for x in leaves(made.result())])
    case["variables"] = [encode(v.value) for v in made.variables]
    made.reset_state()
    case["variables_after_reset"] = [encode(v.value) for v in made.variables]
    # Keras' config of CosineSimilarity forgets the axis.
    if "axis" not in case["object"]["config"]:
        case["object"] = plain(keras.saving.serialize_keras_object(made))


def unary(case, inputs):
    made = keras.saving.deserialize_keras_object(case["object"])
    case["outputs"] = [encode(made(inputs[0]))]


def optimizer(case, inputs):
    made = keras.saving.deserialize_keras_object(copy.deepcopy(case["object"]))
    if "no_weight_decay" in case:
        made.exclude_from_weight_decay(var_names=case["no_weight_decay"])
    variables = [
        keras.Variable(decode(value), name=name)
        for value, name in zip(case["initial"], case["variable_names"])
    ]
    made.build(variables)
    case["state_initial"] = [encode(v.value) for v in made.variables]
    now, state = [v.value for v in variables], [v.value for v in made.variables]
    case["variables"] = []
    # Outside of a program every branch is compiled anew at each step.
    branches = made.gradient_accumulation_steps or made.ema_overwrite_frequency
    scales = isinstance(made, keras.optimizers.LossScaleOptimizer)
    update = jax.jit(made.stateless_apply) if branches or scales else made.stateless_apply
    for step in case["gradients"]:
        gradients = [None if g is None else decode(g) for g in step]
        now, state = update(state, gradients, now)
        case["variables"].append([encode(value) for value in now])
    case["state_final"] = [encode(value) for value in state]
    for variable, value in zip(variables + made.variables, list(now) + list(state)):
        variable.assign(value)
    made.finalize_variable_values(variables)
    case["variables_finalized"] = [encode(v.value) for v in variables]
    case["object"] = plain(keras.saving.serialize_keras_object(made))


def schedule(case, inputs):
    made = keras.saving.deserialize_keras_object(case["object"])
    # As in a step of training: XLA divides by a constant otherwise than by an argument.
    rates = jax.jit(lambda steps: [made(i) for i in steps])
    case["values"] = [encode(x) for x in rates([np.int32(i) for i in case["steps"]])]
    case["object"] = plain(keras.saving.serialize_keras_object(made))


def initializer(case, inputs):
    made = keras.saving.deserialize_keras_object(case["object"])
    # The object stays as drawn: Keras' config of Identity forgets the gain.
    case["outputs"] = [encode(made(tuple(case["shape"]), dtype=case["dtype"]))]


def op(case, inputs):
    function = keras
    for name in case["op"].split(".")[1:]:
        function = getattr(function, name)

    def run(given):
        return function(*fill(case["args"], given), **fill(case["kwargs"], given))

    out = run(inputs)
    if case["op"].endswith("pack_int4"):  # the sizes beside it are Python's
        out = out[0] if isinstance(out, tuple) else out
    case["outputs"] = [
        {"py": x} if isinstance(x, (int, bool, str)) else encode(x) for x in leaves(out)
    ]
    if case["op"] == "keras.ops.shape":
        case["outputs"] = [{"py": list(out)}]
        return
    if case.pop("gradients", False):
        op_gradients(case, inputs, run, leaves(out))


def op_gradients(case, inputs, run, out):
    floats = [i for i, x in enumerate(inputs) if "float" in str(x.dtype)]
    rng = np.random.default_rng(zlib.crc32(case["name"].encode()))
    weights = [
        rng.standard_normal(x.shape).astype("float32")
        if isinstance(x, jax.Array) and "float" in str(x.dtype)
        else None
        for x in out
    ]
    if not floats or all(w is None for w in weights):
        return

    def total(given):
        filled = list(inputs)
        for i, x in zip(floats, given):
            filled[i] = x
        pairs = [p for p in zip(leaves(run(filled)), weights) if p[1] is not None]
        return sum((x.astype("float32") * w).sum() for x, w in pairs)

    given = [inputs[i] for i in floats]
    try:
        try:
            grads = jax.jit(jax.grad(total))(given)
        except Exception:  # shapes that rest on values
            grads = jax.grad(total)(given)
    except Exception as error:
        case["grad_error"] = f"{type(error).__name__}: {error}"[:600]
        return
    case["cotangents"] = [None if w is None else encode(w) for w in weights]
    case["grad_inputs"] = floats
    case["grads"] = {"inputs": [encode(x) for x in grads]}


KINDS = {
    "layer": layer,
    "lookup": lookup,
    "loss": loss,
    "metric": metric,
    "unary": unary,
    "optimizer": optimizer,
    "schedule": schedule,
    "initializer": initializer,
    "op": op,
}


def main(source, target):
    with open(source) as file:
        cases = json.load(file)["cases"]
    for number, case in enumerate(cases):
        if number % 20 == 0:
            print(number, case["name"], flush=True)
        try:
            KINDS[case["kind"]](case, [decode(x) for x in case["inputs"]])
        except Exception as error:  # whatever Keras refuses, it says why
            case["error"] = f"{type(error).__name__}: {error}"[-600:]
    with open(target, "w") as file:
        json.dump({"cases": cases}, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
