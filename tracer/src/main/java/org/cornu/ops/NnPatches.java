package org.cornu.ops;

import java.util.ArrayList;
import java.util.List;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** The part of {@link Nn} that cuts images into blocks and puts them together again. */
abstract sealed class NnPatches extends NnSequence permits Nn {

  /**
   * Moves blocks of channels into space: {@code [batch, h, w, block² c] -> [batch, block h, block
   * w, c]}, or the same with channels first.
   */
  public static Tensor depthToSpace(Tensor x, int block, DataFormat format) {
    return Composed.of(
        x,
        v -> {
          long[] d = sides("depthToSpace", v, format);
          if (d[3] % ((long) block * block) != 0) {
            throw new OpException(
                "depthToSpace: the channels must be divisible by "
                    + (long) block * block
                    + ": got "
                    + v.type().brief());
          }
          long c = d[3] / block / block;
          if (format == DataFormat.CHANNELS_LAST) {
            Tensor split = Lax.reshape(v, d[0], d[1], d[2], block, block, c);
            return Lax.reshape(
                Lax.transpose(split, 0, 1, 3, 2, 4, 5), d[0], d[1] * block, d[2] * block, c);
          }
          Tensor split = Lax.reshape(v, d[0], c, block, block, d[1], d[2]);
          return Lax.reshape(
              Lax.transpose(split, 0, 1, 4, 2, 5, 3), d[0], c, d[1] * block, d[2] * block);
        });
  }

  /** Moves blocks of space into channels, the inverse of {@link #depthToSpace}. */
  public static Tensor spaceToDepth(Tensor x, int block, DataFormat format) {
    return Composed.of(
        x,
        v -> {
          long[] d = sides("spaceToDepth", v, format);
          if (d[1] % block != 0 || d[2] % block != 0) {
            throw new OpException(
                "spaceToDepth: height and width must be divisible by "
                    + block
                    + ": got "
                    + v.type().brief());
          }
          long h = d[1] / block;
          long w = d[2] / block;
          long c = d[3] * block * block;
          if (format == DataFormat.CHANNELS_LAST) {
            Tensor split = Lax.reshape(v, d[0], h, block, w, block, d[3]);
            return Lax.reshape(Lax.transpose(split, 0, 1, 3, 2, 4, 5), d[0], h, w, c);
          }
          Tensor split = Lax.reshape(v, d[0], d[3], h, block, w, block);
          return Lax.reshape(Lax.transpose(split, 0, 1, 3, 5, 2, 4), d[0], c, h, w);
        });
  }

  /** Batch, height, width and channels of a batch of images. */
  private static long[] sides(String op, Tensor x, DataFormat format) {
    if (x.rank() != 4) {
      throw new OpException(op + ": a batch of images is needed: got " + x.type().brief());
    }
    return new long[] {
      x.shape().dim(0),
      x.shape().dim(format.spatialAxis(0)),
      x.shape().dim(format.spatialAxis(1)),
      x.shape().dim(format.channelAxis(4))
    };
  }

  /** Sizes of a sliding window over images: {@code {rows, columns}} each. */
  public record Window(int[] kernel, int[] dilation, int[] padding, int[] stride) {
    /** The windows that fit along one side of this size. */
    private int count(int side, int size) {
      return (size + 2 * padding[side] - dilation[side] * (kernel[side] - 1) - 1) / stride[side]
          + 1;
    }
  }

  /**
   * Sliding blocks of images: {@code [batch, channels, h, w] -> [batch, channels kh kw, blocks]}.
   */
  public static Tensor unfold(Tensor x, Window window) {
    return Composed.of(
        x,
        v -> {
          long[] d = sides("unfold", v, DataFormat.CHANNELS_FIRST);
          int[] pad = window.padding();
          Tensor padded =
              Np.pad(v, new int[][] {{0, 0}, {0, 0}, {pad[0], pad[0]}, {pad[1], pad[1]}});
          int rows = window.count(0, (int) d[1]);
          int columns = window.count(1, (int) d[2]);
          List<Tensor> parts = new ArrayList<>();
          for (int i = 0; i < window.kernel()[0]; i++) {
            for (int j = 0; j < window.kernel()[1]; j++) {
              parts.add(shifted(padded, window, i, j, rows, columns));
            }
          }
          Tensor stacked = Np.stack(parts, 2);
          return Lax.reshape(stacked, d[0], d[3] * parts.size(), (long) rows * columns);
        });
  }

  /** The elements that kernel position (i, j) sees in every window. */
  private static Tensor shifted(Tensor padded, Window window, int i, int j, int rows, int columns) {
    long top = (long) i * window.dilation()[0];
    long left = (long) j * window.dilation()[1];
    int down = window.stride()[0];
    int right = window.stride()[1];
    Tensor part = Lax.sliceInDim(padded, top, top + (rows - 1L) * down + 1, down, 2);
    return Lax.sliceInDim(part, left, left + (columns - 1L) * right + 1, right, 3);
  }

  /**
   * Sums sliding blocks back into images, the transpose of {@link #unfold}: {@code [batch, channels
   * kh kw, blocks] -> [batch, channels, h, w]}.
   */
  public static Tensor fold(Tensor x, int[] outputSize, Window window) {
    return Composed.of(
        x,
        v -> {
          int kh = window.kernel()[0];
          int kw = window.kernel()[1];
          long batch = v.shape().dim(0);
          long channels = v.shape().dim(1) / kh / kw;
          int rows = window.count(0, outputSize[0]);
          int columns = window.count(1, outputSize[1]);
          if (v.rank() != 3
              || v.shape().dim(1) != channels * kh * kw
              || v.shape().dim(2) != (long) rows * columns) {
            throw new OpException(
                "fold: [batch, channels * "
                    + kh * kw
                    + ", "
                    + rows * columns
                    + "] is needed: got "
                    + v.type().brief());
          }
          Tensor blocks = Lax.reshape(v, batch, channels, kh, kw, rows, columns);
          int[] pad = window.padding();
          long height = outputSize[0] + 2L * pad[0];
          long width = outputSize[1] + 2L * pad[1];
          Tensor zero = Lax.full(v.dtype(), 0);
          Tensor sum = Lax.full(v.dtype(), 0, batch, channels, height, width);
          for (int i = 0; i < kh; i++) {
            for (int j = 0; j < kw; j++) {
              Tensor part = Np.get(blocks, Index.ALL, Index.ALL, Index.at(i), Index.at(j));
              long top = (long) i * window.dilation()[0];
              long left = (long) j * window.dilation()[1];
              long down = window.stride()[0];
              long right = window.stride()[1];
              sum =
                  Lax.add(
                      sum,
                      Lax.pad(
                          part,
                          zero,
                          new long[] {0, 0, top, left},
                          new long[] {
                            0,
                            0,
                            height - top - (rows - 1) * down - 1,
                            width - left - (columns - 1) * right - 1
                          },
                          new long[] {0, 0, down - 1, right - 1}));
            }
          }
          Tensor cut = Lax.sliceInDim(sum, pad[0], height - pad[0], 1, 2);
          return Lax.sliceInDim(cut, pad[1], width - pad[1], 1, 3);
        });
  }
}
