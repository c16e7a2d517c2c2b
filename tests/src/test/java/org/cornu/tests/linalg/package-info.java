/**
 * Linear algebra on devices, judged by arithmetic of twice double precision. Start reading at
 * {@link org.cornu.tests.linalg.LinalgAccuracyTest}.
 */
@NullMarked
package org.cornu.tests.linalg;

import org.jspecify.annotations.NullMarked;
