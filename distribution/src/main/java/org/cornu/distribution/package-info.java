/**
 * How models spread over devices: a {@link org.cornu.distribution.DeviceMesh} names the axes of a
 * grid of devices, a {@link org.cornu.distribution.TensorLayout} says which axis splits which
 * dimension, a {@link org.cornu.distribution.LayoutMap} gives layouts to variables by path, and a
 * {@link org.cornu.distribution.Distribution} is the recipe that models consult. Start reading at
 * {@link org.cornu.distribution.ModelParallel}.
 */
@NullMarked
package org.cornu.distribution;

import org.jspecify.annotations.NullMarked;
