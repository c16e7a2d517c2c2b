"""Writes boxes.json: where augmentations of Keras put bounding boxes. python boxes.py."""

import json
import os
import pathlib

os.environ["KERAS_BACKEND"] = "jax"

import keras  # noqa: E402
import numpy as np  # noqa: E402

LAYERS = {
    "RandomShear": {"x_factor": 0.3, "y_factor": 0.2, "seed": 3},
    "RandomPerspective": {"factor": 1.0, "scale": 0.6, "seed": 16},
    "RandomFlip": {"seed": 5},
    "RandomRotation": {"factor": 0.1, "seed": 6},
    "RandomTranslation": {"height_factor": 0.2, "width_factor": 0.3, "seed": 7},
    "RandomZoom": {"height_factor": 0.2, "seed": 8},
    "RandomGaussianBlur": {"seed": 9},
    "RandomErasing": {"seed": 10},
}
BOXES = [[[1, 2, 6, 5], [0, 0, 3, 7]], [[4, 1, 9, 6], [2, 3, 5, 8]]]

cases = []
for name, config in LAYERS.items():
    layer = getattr(keras.layers, name)(**config, bounding_box_format="xyxy")
    images = np.linspace(0, 255, 2 * 8 * 10 * 3, dtype="float32").reshape(2, 8, 10, 3)
    boxes = {"boxes": np.array(BOXES, "float32"), "labels": np.array([[0, 1], [2, 3]], "float32")}
    out = layer({"images": images, "bounding_boxes": boxes}, training=True)["bounding_boxes"]
    moved = np.asarray(out["boxes"], "float64").round(6).ravel().tolist()
    cases.append({"class_name": name, "config": config, "boxes": moved})
lines = ",\n".join(json.dumps(case) for case in cases)
(pathlib.Path(__file__).parent / "boxes.json").write_text(f"[\n{lines}\n]\n")
