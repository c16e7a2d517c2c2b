"""Writes mistakes.txt, which wrong uses of layers Keras refuses: python mistakes.py.

Each layer of laws.txt is used wrongly, one way at a time: inputs of a lower or higher rank, inputs
with another last size than the layer was built for, whole numbers of its options that are 0 or
negative, and unknown words in place of the strings that its options take.
"""

import ast
import copy
import inspect
import os
import pathlib
import re

os.environ["KERAS_BACKEND"] = "jax"

import jax  # noqa: E402
import keras  # noqa: E402

HERE = pathlib.Path(__file__).parent
NUMBERS = ("units", "filters", "kernel_size", "strides", "pool_size", "dilation_rate", "groups")
NUMBERS += ("depth_multiplier", "output_size", "n", "height", "width", "input_dim", "output_dim")
NUMBERS += ("num_heads", "key_dim", "value_dim", "head_dim", "num_query_heads", "size", "num_bins")
NUMBERS += ("num_key_value_heads", "num_tokens", "power_iterations", "frame_length", "frame_step")
NUMBERS += ("fft_length", "num_mel_bins", "num_ops", "max_number", "rate", "stddev", "momentum")


def rows():
    for line in (HERE / "laws.txt").read_text().splitlines():
        if not line.startswith("#"):
            parts = line.split(" | ")
            text = re.sub(r"(\w+):", r"'\1':", parts[1])
            text = text.replace("true", "True").replace("false", "False").replace("null", "None")
            inputs = [parse(p.strip()) for p in parts[2].split(",")]
            yield parts[0], ast.literal_eval(text), inputs, parts[3] if len(parts) > 3 else ""


def parse(text):
    kind = "int32" if text.startswith("i") else "float32"
    sizes = text.split(":")[-1]
    return kind, [] if sizes == "-" else [int(s) for s in sizes.split("x")]


def make(name, config):
    tree = {"module": "keras.layers", "class_name": name, "config": copy.deepcopy(config)}
    return keras.saving.deserialize_keras_object(tree, safe_mode=False)


def use(layer, inputs, really=True):
    call(layer, [keras.KerasTensor([3, *shape], kind) for kind, shape in inputs])

    def run(*xs):
        with keras.StatelessScope():
            return call(layer, xs)

    # A layer that knows its output's shape was not really called above.
    if really:
        jax.eval_shape(run, *[jax.ShapeDtypeStruct((3, *shape), kind) for kind, shape in inputs])


def call(layer, xs):
    if "Cell" in layer.__class__.__name__:
        return layer(xs[0], list(xs[1:]))
    if hasattr(layer, "_merge_function") or layer.__class__.__name__ in LISTED:
        return layer(list(xs))
    return layer(*xs)


LISTED = ("Attention", "AdditiveAttention", "Dot", "Concatenate")


def refuses(act):
    try:
        act()
        return False
    except Exception:
        return True


def mistakes(name, config, inputs):
    really = not refuses(lambda: use(make(name, config), inputs))

    def fresh(changed):
        return lambda: use(make(name, config), changed, really)

    fresh(inputs)()  # this one is right
    if inputs[0][1] and refuses(fresh([(k, s[:-1]) for k, s in inputs])):
        yield "lower rank"
    if refuses(fresh([(k, [*s, 2]) for k, s in inputs])):
        yield "higher rank"
    layer = make(name, config)
    use(layer, inputs, really)
    if refuses(lambda: use(layer, [(k, [*s[:-1], s[-1] + 1]) for k, s in inputs], really)):
        yield "other channels"
    given = inspect.signature(type(layer).__init__).parameters
    words = {k for k, v in layer.get_config().items() if isinstance(v, str)} - {"name", "dtype"}
    for key in given:
        if key in NUMBERS:
            for value in (0, -1):
                if refuses(lambda: use(make(name, {**config, key: value}), inputs, really)):
                    yield f"{key}={value}"
        elif key in words or key.endswith(
            ("initializer", "regularizer", "constraint", "activation")
        ):
            if refuses(lambda: use(make(name, {**config, key: "no_such"}), inputs, really)):
                yield f"{key}=no_such"


def main():
    lines = ["# Wrong uses of the layers of laws.txt that Keras refuses; written by mistakes.py."]
    for name, config, inputs, exempt in rows():
        if "host" not in exempt and name != "Lambda":
            try:
                lines.append(f"{name} | " + ", ".join(mistakes(name, config, inputs)))
            except Exception as error:
                print(f"{name}: {error}")
    (HERE / "mistakes.txt").write_text("\n".join(lines) + "\n")


main()
