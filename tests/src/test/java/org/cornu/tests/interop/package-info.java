/**
 * Checks against real Keras, behind the Maven profile {@code interop}: a virtual environment is
 * made under {@code target}, with Keras and JAX installed by name.
 */
@NullMarked
package org.cornu.tests.interop;

import org.jspecify.annotations.NullMarked;
