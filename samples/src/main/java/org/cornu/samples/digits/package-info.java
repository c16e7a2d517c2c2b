/**
 * Handwritten digits: the first sample, in Keras style ({@link
 * org.cornu.samples.digits.DigitsModel}) and in functional style ({@link
 * org.cornu.samples.digits.FunctionalDigits}).
 */
@NullMarked
package org.cornu.samples.digits;

import org.jspecify.annotations.NullMarked;
