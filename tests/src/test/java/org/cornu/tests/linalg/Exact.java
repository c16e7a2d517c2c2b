package org.cornu.tests.linalg;

import java.util.SplittableRandom;

/**
 * Matrices of numbers of twice double precision, by which results are judged: each number is the
 * sum of two doubles. Elimination, Cholesky's factor and products in them are exact to about 30
 * digits.
 */
final class Exact {
  final int rows;
  final int columns;
  private final double[] high;
  private final double[] low;

  private Exact(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    this.high = new double[rows * columns];
    this.low = new double[rows * columns];
  }

  static Exact of(int rows, int columns, double[] values) {
    Exact out = new Exact(rows, columns);
    System.arraycopy(values, 0, out.high, 0, values.length);
    return out;
  }

  static Exact identity(int n) {
    Exact out = new Exact(n, n);
    for (int i = 0; i < n; i++) {
      out.high[i * n + i] = 1;
    }
    return out;
  }

  /** Normally distributed numbers. */
  static double[] random(int rows, int columns, SplittableRandom random) {
    double[] out = new double[rows * columns];
    for (int i = 0; i < out.length; i++) {
      out[i] =
          Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(7 * random.nextDouble());
    }
    return out;
  }

  /**
   * {@code U diag(s) Vᵀ} with random orthonormal U and V, and s falling from 1 to {@code 1 / cond}.
   */
  static double[] withCondition(int rows, int columns, double cond, SplittableRandom random) {
    int k = Math.min(rows, columns);
    double[] u = orthonormal(rows, k, random);
    double[] v = orthonormal(columns, k, random);
    double[] out = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double sum = 0;
        for (int l = 0; l < k; l++) {
          sum += u[i * k + l] * singular(l, k, cond) * v[j * k + l];
        }
        out[i * columns + j] = sum;
      }
    }
    return out;
  }

  static double singular(int place, int count, double cond) {
    return count == 1 ? 1 : Math.pow(cond, -(double) place / (count - 1));
  }

  /** Columns by Gram and Schmidt, twice. */
  static double[] orthonormal(int n, int k, SplittableRandom random) {
    double[] out = random(n, k, random);
    for (int j = 0; j < k; j++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int l = 0; l < j; l++) {
          double dot = 0;
          for (int i = 0; i < n; i++) {
            dot += out[i * k + l] * out[i * k + j];
          }
          for (int i = 0; i < n; i++) {
            out[i * k + j] -= dot * out[i * k + l];
          }
        }
      }
      double length = 0;
      for (int i = 0; i < n; i++) {
        length = Math.hypot(length, out[i * k + j]);
      }
      for (int i = 0; i < n; i++) {
        out[i * k + j] /= length;
      }
    }
    return out;
  }

  // ---- numbers of two parts

  private void set(int at, double a, double b) {
    double sum = a + b;
    high[at] = sum;
    low[at] = b - (sum - a);
  }

  /** {@code this[at] += sign * x[i] * y[j]}. */
  private void addProduct(int at, double sign, Exact x, int i, Exact y, int j) {
    double p = sign * x.high[i] * y.high[j];
    double error =
        Math.fma(sign * x.high[i], y.high[j], -p)
            + sign * (x.high[i] * y.low[j] + x.low[i] * y.high[j]);
    double sum = high[at] + p;
    double back = sum - high[at];
    double lost = (high[at] - (sum - back)) + (p - back);
    set(at, sum, lost + low[at] + error);
  }

  private void divide(int at, Exact y, int j) {
    double first = high[at] / y.high[j];
    Exact rest = new Exact(1, 2);
    rest.high[0] = high[at];
    rest.low[0] = low[at];
    rest.high[1] = first;
    rest.addProduct(0, -1, rest, 1, y, j);
    set(at, first, (rest.high[0] + rest.low[0]) / y.high[j]);
  }

  private void swapRows(int i, int j) {
    for (int c = 0; c < columns; c++) {
      double h = high[i * columns + c];
      double l = low[i * columns + c];
      high[i * columns + c] = high[j * columns + c];
      low[i * columns + c] = low[j * columns + c];
      high[j * columns + c] = h;
      low[j * columns + c] = l;
    }
  }

  private Exact copy() {
    Exact out = new Exact(rows, columns);
    System.arraycopy(high, 0, out.high, 0, high.length);
    System.arraycopy(low, 0, out.low, 0, low.length);
    return out;
  }

  // ---- matrices

  Exact scaled(double factor) {
    Exact out = new Exact(rows, columns);
    Exact by = of(1, 1, new double[] {factor});
    for (int i = 0; i < high.length; i++) {
      out.addProduct(i, 1, this, i, by, 0);
    }
    return out;
  }

  Exact plusIdentity() {
    Exact out = copy();
    Exact one = identity(1);
    for (int i = 0; i < rows; i++) {
      out.addProduct(i * columns + i, 1, one, 0, one, 0);
    }
    return out;
  }

  Exact transposed() {
    Exact out = new Exact(columns, rows);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        out.high[j * rows + i] = high[i * columns + j];
        out.low[j * rows + i] = low[i * columns + j];
      }
    }
    return out;
  }

  Exact times(Exact other) {
    Exact out = new Exact(rows, other.columns);
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < columns; k++) {
        for (int j = 0; j < other.columns; j++) {
          out.addProduct(
              i * other.columns + j, 1, this, i * columns + k, other, k * other.columns + j);
        }
      }
    }
    return out;
  }

  /** {@code this⁻¹ b}, by elimination with partial pivoting. */
  Exact solve(Exact b) {
    Exact a = copy();
    Exact x = b.copy();
    a.eliminate(x);
    for (int i = rows - 1; i >= 0; i--) {
      for (int j = 0; j < x.columns; j++) {
        for (int k = i + 1; k < rows; k++) {
          x.addProduct(i * x.columns + j, -1, a, i * columns + k, x, k * x.columns + j);
        }
        x.divide(i * x.columns + j, a, i * columns + i);
      }
    }
    return x;
  }

  /** Makes this upper triangular; the sign of the exchanges. */
  private int eliminate(Exact x) {
    int sign = 1;
    for (int k = 0; k < rows; k++) {
      int best = k;
      for (int i = k + 1; i < rows; i++) {
        if (Math.abs(high[i * columns + k]) > Math.abs(high[best * columns + k])) {
          best = i;
        }
      }
      if (best != k) {
        swapRows(k, best);
        x.swapRows(k, best);
        sign = -sign;
      }
      for (int i = k + 1; i < rows; i++) {
        divide(i * columns + k, this, k * columns + k);
        for (int j = k + 1; j < columns; j++) {
          addProduct(i * columns + j, -1, this, i * columns + k, this, k * columns + j);
        }
        for (int j = 0; j < x.columns; j++) {
          x.addProduct(i * x.columns + j, -1, this, i * columns + k, x, k * x.columns + j);
        }
      }
    }
    return sign;
  }

  /** Sign and logarithm of the size of the determinant. */
  double[] signAndLog() {
    Exact a = copy();
    double sign = a.eliminate(new Exact(rows, 0));
    double log = 0;
    for (int i = 0; i < rows; i++) {
      double pivot = a.high[i * columns + i];
      sign *= Math.signum(pivot);
      log += Math.log(Math.abs(pivot));
    }
    return new double[] {sign, log};
  }

  /** Lower {@code L} with {@code L Lᵀ = this}. */
  Exact cholesky() {
    Exact l = new Exact(rows, rows);
    for (int j = 0; j < rows; j++) {
      for (int i = j; i < rows; i++) {
        int at = i * rows + j;
        l.high[at] = high[at];
        l.low[at] = low[at];
        for (int k = 0; k < j; k++) {
          l.addProduct(at, -1, l, i * rows + k, l, j * rows + k);
        }
        if (i > j) {
          l.divide(at, l, j * rows + j);
        } else {
          double root = Math.sqrt(l.high[at]);
          Exact rest = new Exact(1, 2);
          rest.high[0] = l.high[at];
          rest.low[0] = l.low[at];
          rest.high[1] = root;
          rest.addProduct(0, -1, rest, 1, rest, 1);
          l.set(at, root, (rest.high[0] + rest.low[0]) / (2 * root));
        }
      }
    }
    return l;
  }

  /** The pseudo-inverse of a matrix of full rank. */
  Exact pseudoInverse() {
    Exact t = transposed();
    return rows >= columns ? t.times(this).solve(t) : times(t).solve(this).transposed();
  }

  double[] values() {
    return high.clone();
  }
}
