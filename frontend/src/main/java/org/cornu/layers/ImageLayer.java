package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.cornu.config.Configured;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.DataFormat;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A layer that prepares or augments images: a batch {@code [batch, height, width, channels]} or one
 * image {@code [height, width, channels]}, of floats or integers. Augmentation happens in training,
 * which is also what a call means that says nothing about it.
 *
 * <pre>{@code
 * Tensor flipped = new RandomFlip("horizontal").seed(1).apply(images);
 * LabeledImages mixed = new MixUp().augment(LabeledImages.of(images, oneHot));
 * }</pre>
 *
 * @param <L> the layer class itself
 */
public abstract class ImageLayer<L extends ImageLayer<L>> extends Layer<L> {
  static final Option<String> DATA_FORMAT = ConvLayer.DATA_FORMAT;
  static final Option<BoxFormat> BOUNDING_BOX_FORMAT =
      Option.choice("bounding_box_format", BoxFormat.class).nullable().omittedWhenNull();
  static final Option<Factor> VALUE_RANGE = Factor.valueRange();

  private static final String LABELS = "labels";
  private static final String MASKS = "segmentation_masks";
  private static final String BOXES = "bounding_boxes";
  private static final String BOX_LABELS = "bounding_box_labels";

  ImageLayer(Spec spec) {
    super(spec);
  }

  /** The table of an image layer: what all of them share, then its own options. */
  static Spec table(
      String className, Supplier<? extends Configured<?>> constructor, Option<?>... own) {
    List<Option<?>> base = new ArrayList<>(OPTIONS);
    base.add(BOUNDING_BOX_FORMAT);
    if (Arrays.stream(own).noneMatch(option -> option.key().equals(DATA_FORMAT.key()))) {
      base.add(DATA_FORMAT);
    }
    return Spec.of("keras.layers", className).base(base).options(own).create(constructor);
  }

  /** {@code channels_last} (default) or {@code channels_first}. */
  @CanIgnoreReturnValue
  public final L dataFormat(String value) {
    return setFrom(DATA_FORMAT, value);
  }

  /**
   * How the numbers of bounding boxes are meant: {@code xyxy}, {@code yxyx}, {@code xywh}, {@code
   * center_xywh}, {@code center_yxhw}, or relative to the image {@code rel_xyxy}, …
   */
  @CanIgnoreReturnValue
  public final L boundingBoxFormat(String value) {
    return setFrom(BOUNDING_BOX_FORMAT, value);
  }

  // ---- for subclasses

  /** What a layer without random numbers does to a batch. */
  Augmentation prepare(Tensor images, boolean training) {
    return Augmentation.NONE;
  }

  /**
   * What happens to a batch in training, with random numbers from another layer's stream.
   *
   * @param images always a batch
   * @param one whether it holds but one image, given without a batch
   */
  Augmentation drawFrom(Tensor images, Keys keys, boolean one) {
    return prepare(images, true);
  }

  /** What happens to a batch in this call. */
  Augmentation choose(Tensor images, boolean training, boolean one) {
    return prepare(images, training);
  }

  /** Whether images become floats of the compute type even when nothing else happens to them. */
  boolean castsAlways() {
    return false;
  }

  final DataFormat format() {
    return DataFormat.of(get(DATA_FORMAT));
  }

  final int heightAxis() {
    return format().spatialAxis(0);
  }

  final int widthAxis() {
    return format().spatialAxis(1);
  }

  final int channelAxis() {
    return format().channelAxis(4);
  }

  final int height(Tensor images) {
    return images.size(heightAxis());
  }

  final int width(Tensor images) {
    return images.size(widthAxis());
  }

  final Tensor cast(Tensor x) {
    return Np.cast(x, computeDType());
  }

  /** One number for each image, {@code [batch]}, shaped to go with images. */
  static Tensor perImage(Tensor numbers) {
    return Np.reshape(numbers, numbers.count(), 1, 1, 1);
  }

  /** Pixels cut to a range, in their own type where the bounds are integers. */
  static Tensor clip(Tensor x, Factor range) {
    boolean whole =
        range.low() == Math.rint(range.low()) && range.high() == Math.rint(range.high());
    return whole && x.dtype().isInteger()
        ? Np.clip(x, (long) range.low(), (long) range.high())
        : Np.clip(x, range.low(), range.high());
  }

  // ---- the call

  @Override
  protected final boolean trainsByDefault() {
    return true;
  }

  @Override
  protected void build(Shape input) {
    requireImages(input);
  }

  final void requireImages(Shape input) {
    if (input.rank() != 3 && input.rank() != 4) {
      throw new OpException(
          name()
              + ": the input must be a batch of images, [batch, height, width, channels], or one"
              + " image: got shape "
              + input);
    }
  }

  @Override
  protected final List<Tensor> callAll(List<Tensor> inputs, Call call) {
    if (inputs.size() != 1) {
      throw new OpException(
          name() + ": takes one tensor of images, got " + inputs.size() + "; use augment for more");
    }
    Tensor given = inputs.get(0);
    requireImages(given.shape());
    boolean one = given.rank() == 3;
    Tensor images = batched(given, one);
    Augmentation augmentation = choose(images, call.isTraining(), one);
    Tensor result = augmentation.images(images);
    List<Tensor> out = new ArrayList<>();
    out.add(unbatched(castsAlways() ? cast(result) : result, one));
    Tensor labels = call.tensor(LABELS);
    if (labels != null) {
      out.add(unbatched(augmentation.labels(batched(labels, one)), one));
    }
    Tensor masks = call.tensor(MASKS);
    if (masks != null) {
      out.add(unbatched(augmentation.segmentationMasks(batched(masks, one)), one));
    }
    Tensor boxes = call.tensor(BOXES);
    if (boxes != null) {
      Tensor moved = boxes(augmentation, batched(boxes, one), images, result);
      Tensor classes = batched(Objects.requireNonNull(call.tensor(BOX_LABELS)), one);
      List<Tensor> both = finishBoxes(moved, augmentation.boxLabels(classes));
      both.forEach(t -> out.add(unbatched(t, one)));
    }
    return out;
  }

  /** Boxes and their labels after all: as many as before. */
  List<Tensor> finishBoxes(Tensor boxes, Tensor labels) {
    return List.of(boxes, labels);
  }

  private Tensor boxes(Augmentation augmentation, Tensor boxes, Tensor before, Tensor after) {
    BoxFormat format = getOrNull(BOUNDING_BOX_FORMAT);
    if (format == null) {
      throw new OpException(
          name()
              + ": bounding boxes need a bounding_box_format, such as boundingBoxFormat(\"xyxy\")");
    }
    Tensor corners = format.toCorners(boxes, height(before), width(before));
    Tensor moved = augmentation.boxes(corners);
    Tensor cut = moved == corners ? moved : BoxFormat.clipped(moved, height(after), width(after));
    return format.fromCorners(cut, height(after), width(after));
  }

  private static Tensor batched(Tensor x, boolean one) {
    return one ? Np.expandDims(x, 0) : x;
  }

  private static Tensor unbatched(Tensor x, boolean one) {
    return one ? Np.squeeze(x, 0) : x;
  }

  /** Augments images together with what belongs to them, as in training. */
  public final LabeledImages augment(LabeledImages images) {
    return augment(images, Call.training(true));
  }

  /** Augments or prepares images together with what belongs to them. */
  public final LabeledImages augment(LabeledImages given, Call call) {
    Call full = call;
    Tensor boxes = given.boundingBoxes();
    Tensor boxLabels = given.boxLabels();
    if ((boxes == null) != (boxLabels == null)) {
      throw new OpException(name() + ": bounding boxes and their labels go together");
    }
    full = with(full, LABELS, given.labels());
    full = with(full, MASKS, given.segmentationMasks());
    full = with(full, BOXES, boxes);
    full = with(full, BOX_LABELS, boxLabels);
    List<Tensor> out = new ArrayList<>(applyAll(List.of(given.images()), full));
    Tensor images = out.remove(0);
    Tensor labels = given.labels() == null ? null : out.remove(0);
    Tensor masks = given.segmentationMasks() == null ? null : out.remove(0);
    return new LabeledImages(
        images,
        labels,
        masks,
        boxes == null ? null : out.get(0),
        boxes == null ? null : out.get(1));
  }

  private static Call with(Call call, String name, @Nullable Tensor value) {
    return value == null ? call : call.with(name, value);
  }
}
