/**
 * {@code cornu check}: runs files of recorded cases (inputs, outputs, gradients) and compares. A
 * {@link org.cornu.check.CaseRunner} runs the cases of one kind; other packages add theirs as
 * services. Cases of kind {@code op} name a function by Keras' dotted path, which {@link
 * org.cornu.check.OpCatalog} maps to Cornu's function under Keras' own signature. Start reading at
 * {@link org.cornu.check.Check}.
 */
@NullMarked
package org.cornu.check;

import org.jspecify.annotations.NullMarked;
