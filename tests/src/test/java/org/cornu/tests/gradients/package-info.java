/**
 * Gradients as a property: of random compositions of NumPy's and network functions, drawn and
 * shrunk by jqwik, both modes of differentiation on the device agree with differences on the
 * interpreter. Start reading at {@link org.cornu.tests.gradients.GradientPropertyTest}.
 */
@NullMarked
package org.cornu.tests.gradients;

import org.jspecify.annotations.NullMarked;
