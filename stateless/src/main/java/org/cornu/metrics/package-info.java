/**
 * Streaming metrics with state in variables, as {@code keras.metrics}. Start reading at {@link
 * org.cornu.metrics.Metric}.
 */
@NullMarked
package org.cornu.metrics;

import org.jspecify.annotations.NullMarked;
