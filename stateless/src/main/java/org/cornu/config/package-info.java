/**
 * Options, declared once. A configurable object (layer, loss, metric, optimizer, initializer,
 * schedule, callback, ...) lists its options in a {@link org.cornu.config.Spec}; the config tree in
 * Keras' own schema, reading it back, {@code toString}, errors about unknown keys and the
 * comparison with Keras' signatures all follow from that table. A config tree is plain Java: {@code
 * Map<String, Object>}, {@code List}, {@code String}, {@code Number}, {@code Boolean}, {@code
 * null}. Start reading at {@link org.cornu.config.Configured}. Depends on nothing but the JDK.
 */
@NullMarked
package org.cornu.config;

import org.jspecify.annotations.NullMarked;
