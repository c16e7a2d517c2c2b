/**
 * Random numbers against recorded ones of JAX and Keras: keys, bits, integers and uniform numbers
 * bit for bit, the rest to rounding. Start reading at {@link
 * org.cornu.tests.random.PrngGoldensTest}.
 */
@NullMarked
package org.cornu.tests.random;

import org.jspecify.annotations.NullMarked;
