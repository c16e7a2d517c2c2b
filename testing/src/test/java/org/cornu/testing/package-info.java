/**
 * Tests of the laws: functions that obey them, and broken ones that are caught and shrunk. Start
 * reading at {@link org.cornu.testing.ExampleTest}, which is the example of {@code
 * docs/testing.md}.
 */
@NullMarked
package org.cornu.testing;

import org.jspecify.annotations.NullMarked;
