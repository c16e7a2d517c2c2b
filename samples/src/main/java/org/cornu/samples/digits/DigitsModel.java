package org.cornu.samples.digits;

import org.cornu.initializers.GlorotUniform;
import org.cornu.layers.Conv2D;
import org.cornu.layers.Dense;
import org.cornu.layers.Dropout;
import org.cornu.layers.Flatten;
import org.cornu.layers.Input;
import org.cornu.layers.MaxPooling2D;
import org.cornu.layers.Rescaling;
import org.cornu.models.Sequential;
import org.cornu.optimizers.Adam;

/** A small convolutional network in Keras style. */
public final class DigitsModel {
  private DigitsModel() {}

  /** The model, compiled; the seed decides its initial weights and its dropout. */
  public static Sequential make(long seed) {
    long s = seed * 1000;
    Sequential model =
        new Sequential(
            Input.of(8, 8, 1),
            new Rescaling(1.0 / 16),
            new Conv2D(32, 3)
                .padding("same")
                .activation("relu")
                .kernelInitializer(new GlorotUniform(s + 1)),
            new Conv2D(64, 3)
                .padding("same")
                .activation("relu")
                .kernelInitializer(new GlorotUniform(s + 2)),
            new MaxPooling2D(2),
            new Flatten(),
            new Dropout(0.4).seed(s + 3),
            new Dense(128).activation("relu").kernelInitializer(new GlorotUniform(s + 4)),
            new Dropout(0.4).seed(s + 5),
            new Dense(10).activation("softmax").kernelInitializer(new GlorotUniform(s + 6)));
    model.compile(new Adam(1e-3), "sparse_categorical_crossentropy", "accuracy");
    return model;
  }
}
