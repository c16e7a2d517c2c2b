"""Models of one layer each, through files: python models.py make|open cases.json out.json.

Of every case in the form of record.py, `make` writes a functional model of its layer to
NAME.theirs.keras beside the cases and records its predictions; `open` loads NAME.ours.keras and
records those. What fails gets an "error".
"""

import copy
import json
import pathlib
import sys
import zlib

import record
import keras
import numpy as np


def model(case, inputs):
    layer = keras.saving.deserialize_keras_object(copy.deepcopy(case["object"]))
    symbols = [keras.Input(x.shape[1:], dtype=str(x.dtype)) for x in inputs]
    with record.zeros_at_first():
        made = keras.Model(symbols, layer(*record.fill(case["call"]["args"], symbols)))
    rng = np.random.default_rng(zlib.crc32(case["name"].encode()))
    for weight in made.weights:
        record.start(weight, rng)
    return made


def main(what, source, target):
    folder = pathlib.Path(source).parent
    with open(source) as file:
        cases = json.load(file)["cases"]
    for case in cases:
        inputs = [record.decode(x) for x in case["inputs"]]
        used = record.leaves(record.fill(case["call"]["args"], list(range(len(inputs)))))
        inputs = [inputs[i] for i in used]
        case["call"]["args"] = renumbered(case["call"]["args"], used)
        name = str(folder / case["name"])
        keras.utils.clear_session(free_memory=False)
        try:
            if what == "make":
                made = model(case, inputs)
                made.save(name + ".theirs.keras")
            else:
                made = keras.models.load_model(name + ".ours.keras", safe_mode=False)
            out = record.leaves(made(inputs[0] if len(inputs) == 1 else inputs, training=False))
            case["outputs"] = [record.encode(x) for x in out]
        except Exception as error:  # whatever Keras refuses, it says why
            case["error"] = f"{type(error).__name__}: {error}"[-600:]
    with open(target, "w") as file:
        json.dump({"cases": cases}, file)


def renumbered(tree, used):
    """The arguments when only those inputs are given that they use."""
    if isinstance(tree, dict):
        return {"$in": used.index(tree["$in"])} if "$in" in tree else tree
    return [renumbered(v, used) for v in tree] if isinstance(tree, list) else tree


main(*sys.argv[1:])
