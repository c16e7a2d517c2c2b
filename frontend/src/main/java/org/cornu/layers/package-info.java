/**
 * Layers, as {@code keras.layers}. Each declares its options once, in a table; required arguments
 * stand in the constructor, the others are fluent setters with Keras' name in camelCase. A layer of
 * your own extends {@link org.cornu.layers.Layer} with {@code build} and {@code call}. Start
 * reading there.
 */
@NullMarked
package org.cornu.layers;

import org.jspecify.annotations.NullMarked;
