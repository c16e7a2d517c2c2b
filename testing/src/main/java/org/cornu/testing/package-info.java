/**
 * For the tests of functions of tensors: the laws that every such function obeys, whatever it
 * computes, and arbitrary arguments for jqwik, which shrink to small ones. Start reading at {@link
 * org.cornu.testing.Laws}.
 */
@NullMarked
package org.cornu.testing;

import org.jspecify.annotations.NullMarked;
