/**
 * Rules that no single module can check: which module may use which, where packages lie, what
 * public signatures contain, how long files are. Start reading at {@link
 * org.cornu.tests.architecture.ArchitectureTest}.
 */
@NullMarked
package org.cornu.tests.architecture;

import org.jspecify.annotations.NullMarked;
