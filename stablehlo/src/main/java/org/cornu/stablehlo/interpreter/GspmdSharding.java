package org.cornu.stablehlo.interpreter;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code {devices=[4,1,2]<=[8] last_tile_dim_replicate}}: GSPMD's spelling of a sharding.
 *
 * @param tiles number of tiles per dimension, with what replicates behind them; empty where nothing
 *     is split
 * @param devices the device of each tile, in row-major order of the tiles
 */
record GspmdSharding(int[] tiles, int[] devices) {
  private static final Pattern DEVICES =
      Pattern.compile(
          "devices=\\[([0-9,]+)\\]\\s*(?:<=\\[([0-9,]+)\\](?:T\\(([0-9,]+)\\))?|([0-9,]+))");

  static GspmdSharding parse(String text) {
    Matcher matcher = DEVICES.matcher(text);
    if (!matcher.find()) {
      return new GspmdSharding(new int[0], new int[0]);
    }
    int[] tiles = ints(matcher.group(1));
    if (matcher.group(2) == null) {
      return new GspmdSharding(tiles, ints(matcher.group(4)));
    }
    int[] grid = ints(matcher.group(2));
    int[] devices;
    if (matcher.group(3) == null) {
      int[] ones = new int[] {1};
      devices = Indexing.positions(new int[] {Indexing.count(grid)}, 0, ones);
    } else {
      int[] order = ints(matcher.group(3));
      devices =
          Indexing.positions(
              Indexing.pick(grid, order), 0, Indexing.pick(Indexing.strides(grid), order));
    }
    return new GspmdSharding(tiles, devices);
  }

  private static int[] ints(String list) {
    return Arrays.stream(list.split(",")).mapToInt(Integer::parseInt).toArray();
  }

  /** The tile along {@code axis} that {@code device} holds. */
  int tile(int axis, int device) {
    int place = Indexing.indexOf(devices, device);
    return place / Indexing.product(tiles, axis + 1, tiles.length) % tiles[axis];
  }
}
