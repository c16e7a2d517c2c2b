package org.cornu.samples.digits;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.cornu.tracer.Tensor;

/**
 * The UCI handwritten digits: 1,797 images of 8 by 8 pixels with values from 0 to 16, and their
 * labels.
 *
 * @param images f32 {@code [n, 8, 8, 1]}
 * @param labels i32 {@code [n]}
 */
public record Digits(Tensor images, Tensor labels) {

  /** Training and test images. */
  public record Split(Digits train, Digits test) {}

  /**
   * All images in an order that the seed decides, the last {@code held} of them apart. (In the
   * file's own order the last images are by writers that the first do not show; there even a good
   * model reaches only about 0.95.)
   */
  public static Split split(long seed, int held) {
    List<int[]> rows = read();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = rows.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int[] row = rows.get(i);
      rows.set(i, rows.get(j));
      rows.set(j, row);
    }
    int kept = rows.size() - held;
    return new Split(of(rows.subList(0, kept)), of(rows.subList(kept, rows.size())));
  }

  private static Digits of(List<int[]> rows) {
    float[] pixels = new float[64 * rows.size()];
    int[] labels = new int[rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      for (int p = 0; p < 64; p++) {
        pixels[64 * i + p] = rows.get(i)[p];
      }
      labels[i] = rows.get(i)[64];
    }
    return new Digits(Tensor.of(pixels, rows.size(), 8, 8, 1), Tensor.of(labels));
  }

  private static List<int[]> read() {
    List<int[]> rows = new ArrayList<>();
    try (InputStream in = Digits.class.getResourceAsStream("digits.csv.gz")) {
      if (in == null) {
        throw new IllegalStateException("the resource digits.csv.gz is missing");
      }
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(new GZIPInputStream(in), StandardCharsets.US_ASCII));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] cells = line.split(",");
        int[] row = new int[65];
        for (int i = 0; i < row.length; i++) {
          row[i] = (int) Double.parseDouble(cells[i]);
        }
        rows.add(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not read digits.csv.gz", e);
    }
    return rows;
  }
}
