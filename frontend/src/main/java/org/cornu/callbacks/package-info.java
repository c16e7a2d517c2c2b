/** What runs beside training: {@link org.cornu.callbacks.Callback} and the ones Keras has. */
@NullMarked
package org.cornu.callbacks;

import org.jspecify.annotations.NullMarked;
