/**
 * Wrong use, and what it says: messages name the op, the rule, the shapes, and the user's file and
 * line. Start reading at {@link org.cornu.tests.errors.WrongUseTest}.
 */
@NullMarked
package org.cornu.tests.errors;

import org.jspecify.annotations.NullMarked;
