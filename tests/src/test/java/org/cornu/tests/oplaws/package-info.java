/**
 * Laws of shapes and values that operations keep for every size, tried on random ones and compared
 * with plain loops. Start reading at {@link org.cornu.tests.oplaws.ShapeLawsTest}.
 */
@NullMarked
package org.cornu.tests.oplaws;

import org.jspecify.annotations.NullMarked;
