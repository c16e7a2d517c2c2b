/**
 * Layers, losses, metrics and optimizers through the whole stack: as pure functions inside
 * transforms, as classes of the user's own, and misused. Start reading at {@link
 * org.cornu.tests.objects.StatelessApiTest}.
 */
@NullMarked
package org.cornu.tests.objects;

import org.jspecify.annotations.NullMarked;
