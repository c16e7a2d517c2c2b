/**
 * The whole line on real data: the digits are trained, saved, loaded, and trained on. Start reading
 * at {@link org.cornu.tests.training.DigitsTest}.
 */
@NullMarked
package org.cornu.tests.training;

import org.jspecify.annotations.NullMarked;
