/** Learning rates that change with the step, as {@code keras.optimizers.schedules}. */
@NullMarked
package org.cornu.optimizers.schedules;

import org.jspecify.annotations.NullMarked;
