package org.cornu.layers;

import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Images and what belongs to them, as augmented together by {@link ImageLayer#augment}.
 *
 * @param images {@code [batch, height, width, channels]} or one image
 * @param labels {@code [batch, classes]}, mixed by {@link MixUp} and {@link CutMix}
 * @param segmentationMasks integers laid out as the images
 * @param boundingBoxes {@code [batch, count, 4]} in the layer's {@code bounding_box_format}
 * @param boxLabels class of each box, {@code [batch, count]}
 */
public record LabeledImages(
    Tensor images,
    @Nullable Tensor labels,
    @Nullable Tensor segmentationMasks,
    @Nullable Tensor boundingBoxes,
    @Nullable Tensor boxLabels) {
  /** Images with labels alone. */
  public static LabeledImages of(Tensor images, Tensor labels) {
    return new LabeledImages(images, labels, null, null, null);
  }

  /** With segmentation masks. */
  public LabeledImages segmentationMasks(Tensor masks) {
    return new LabeledImages(images, labels, masks, boundingBoxes, boxLabels);
  }

  /** With boxes and the class of each. */
  public LabeledImages boundingBoxes(Tensor boxes, Tensor classes) {
    return new LabeledImages(images, labels, segmentationMasks, boxes, classes);
  }
}
