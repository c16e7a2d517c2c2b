/**
 * The choice of lowering: the one place where the form that an op is compiled in is chosen, by
 * platform and shape. {@link org.cornu.tracer.lowering.Alternative} names the forms, {@link
 * org.cornu.tracer.lowering.Lowering} says which are in use; start reading there.
 */
@NullMarked
package org.cornu.tracer.lowering;

import org.jspecify.annotations.NullMarked;
