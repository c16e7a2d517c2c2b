/**
 * Optimizers as pure functions over trees of parameters, for people who keep their parameters in
 * records: {@link org.cornu.optim.Transformation}s with {@code init} and {@code update} that chain
 * (clipping, decay, averaging, accumulation, masks by path). The arithmetic lives in {@link
 * org.cornu.optim.UpdateRule}s, which the classes of {@code org.cornu.optimizers} use too. Start
 * reading at {@link org.cornu.optim.Optim}.
 */
@NullMarked
package org.cornu.optim;

import org.jspecify.annotations.NullMarked;
