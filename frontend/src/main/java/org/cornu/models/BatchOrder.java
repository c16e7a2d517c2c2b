package org.cornu.models;

import java.util.SplittableRandom;

/** Which rows make up each batch of an epoch. */
final class BatchOrder {
  private final int[] order;
  private final int batchSize;
  private final boolean shuffle;
  private final SplittableRandom random;

  BatchOrder(int size, int batchSize, boolean shuffle, long seed) {
    this.order = new int[size];
    java.util.Arrays.setAll(order, i -> i);
    this.batchSize = batchSize;
    this.shuffle = shuffle;
    this.random = new SplittableRandom(seed);
  }

  int batches() {
    return (order.length + batchSize - 1) / batchSize;
  }

  /** Begins an epoch: a new order where asked for (Fisher and Yates). */
  void next() {
    for (int i = order.length - 1; shuffle && i > 0; i--) {
      int j = random.nextInt(i + 1);
      int row = order[i];
      order[i] = order[j];
      order[j] = row;
    }
  }

  int[] rows(int batch) {
    int from = batch * batchSize;
    return java.util.Arrays.copyOfRange(order, from, Math.min(order.length, from + batchSize));
  }

  /** The rows of a first batch, to learn shapes from. */
  int[] peek() {
    return java.util.Arrays.copyOfRange(order, 0, Math.min(order.length, batchSize));
  }
}
