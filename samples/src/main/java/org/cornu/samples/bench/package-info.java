/**
 * The benchmark workloads of {@code cornu bench}, each with the deterministic parameters and data
 * ({@link org.cornu.samples.bench.Bench32}) by which results are compared between frameworks.
 */
@NullMarked
package org.cornu.samples.bench;

import org.jspecify.annotations.NullMarked;
