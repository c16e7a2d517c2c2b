package org.cornu.layers;

import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/**
 * What an image layer does to one batch: drawn once, then applied to the images and to all that
 * belongs to them. Unless overridden it leaves labels and segmentation masks alone.
 */
interface Augmentation {
  /** Leaves everything as it is. */
  Augmentation NONE =
      new Augmentation() {
        @Override
        public Tensor images(Tensor images) {
          return images;
        }

        @Override
        public Tensor boxes(Tensor boxes) {
          return boxes;
        }
      };

  /** The images, {@code [batch, height, width, channels]} or as the layer's data format says. */
  Tensor images(Tensor images);

  /** The labels of the images, {@code [batch, ...]}. */
  default Tensor labels(Tensor labels) {
    return labels;
  }

  /** Segmentation masks: integers laid out as images. */
  default Tensor segmentationMasks(Tensor masks) {
    return masks;
  }

  /** Boxes {@code [batch, count, 4]}: left, top, right, bottom in pixels. */
  default Tensor boxes(Tensor boxes) {
    throw new OpException("bounding boxes: this layer does not move them");
  }

  /** The classes of the boxes, {@code [batch, count, ...]}. */
  default Tensor boxLabels(Tensor labels) {
    return labels;
  }

  /** One that changes colours: boxes and masks stay. */
  interface Colour extends Augmentation {
    @Override
    default Tensor boxes(Tensor boxes) {
      return boxes;
    }
  }
}
