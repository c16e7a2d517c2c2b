"""Loads a model with Keras and writes its predictions: predict.py MODEL.keras IN.json OUT.json."""
import json
import sys

import keras
import numpy as np

model = keras.models.load_model(sys.argv[1])
given = json.load(open(sys.argv[2]))
x = np.array(given["data"], "float32").reshape(given["shape"])
y = model.predict(x, verbose=0)
json.dump([float(v) for v in y.ravel()], open(sys.argv[3], "w"))
