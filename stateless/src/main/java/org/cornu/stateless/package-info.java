/**
 * State that can be taken out of objects: a {@link org.cornu.stateless.Variable} holds a value, a
 * {@link org.cornu.stateless.StatelessScope} lends it another one, so that code written against
 * variables runs as a pure function of their values. Start reading at {@link
 * org.cornu.stateless.StatelessScope}.
 */
@NullMarked
package org.cornu.stateless;

import org.jspecify.annotations.NullMarked;
