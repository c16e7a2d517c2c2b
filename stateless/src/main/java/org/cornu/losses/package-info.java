/** Losses, as {@code keras.losses}. Start reading at {@link org.cornu.losses.Loss}. */
@NullMarked
package org.cornu.losses;

import org.jspecify.annotations.NullMarked;
