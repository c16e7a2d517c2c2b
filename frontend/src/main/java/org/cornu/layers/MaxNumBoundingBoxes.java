package org.cornu.layers;

import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** Cuts or fills the bounding boxes of each image to the same number; images stay. */
public final class MaxNumBoundingBoxes extends ImageLayer<MaxNumBoundingBoxes> {
  private static final Option<Integer> MAX_NUMBER =
      Option.integer("max_number").required().positive();
  private static final Option<Integer> FILL_VALUE =
      Option.integer("fill_value").defaultTo(-1).notInConfig();

  static final Spec SPEC =
      table("MaxNumBoundingBoxes", MaxNumBoundingBoxes::new, MAX_NUMBER, FILL_VALUE);

  private MaxNumBoundingBoxes() {
    super(SPEC);
  }

  /** To this number of boxes, filled with -1. */
  public MaxNumBoundingBoxes(int maxNumber) {
    this();
    set(MAX_NUMBER, maxNumber);
  }

  /** To this number of boxes. */
  public MaxNumBoundingBoxes(int maxNumber, int fillValue) {
    this(maxNumber);
    set(FILL_VALUE, fillValue);
  }

  @Override
  List<Tensor> finishBoxes(Tensor boxes, Tensor labels) {
    return List.of(fitted(boxes), fitted(labels));
  }

  private Tensor fitted(Tensor x) {
    int most = get(MAX_NUMBER);
    int count = x.size(1);
    if (count >= most) {
      return Lax.sliceInDim(x, 0, most, 1, 1);
    }
    int[][] widths = new int[x.rank()][2];
    widths[1][1] = most - count;
    return Np.pad(x, widths, (double) get(FILL_VALUE));
  }
}
