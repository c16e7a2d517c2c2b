/**
 * Device memory over many steps: counters of live buffers and bytes stay flat. Start reading at
 * {@link org.cornu.tests.memory.LeakTest}.
 */
@NullMarked
package org.cornu.tests.memory;

import org.jspecify.annotations.NullMarked;
