/**
 * The table of operations, end to end: each row is an operation called through the public API with
 * its meaning in plain Java. From a row come the tests of its type, of its value on the device
 * against Java and the interpreter, of both modes of differentiation against differences, of
 * vectorisation, and of single precision. Start reading at {@link org.cornu.tests.ops.OpSpecs}.
 */
@NullMarked
package org.cornu.tests.ops;

import org.jspecify.annotations.NullMarked;
