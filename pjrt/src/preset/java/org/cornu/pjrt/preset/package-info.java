/**
 * The JavaCPP preset that turns {@code src/main/cpp/*.h} into {@code org.cornu.pjrt.capi}. Used at
 * build time, and at run time by JavaCPP's loader. Start reading at {@link
 * org.cornu.pjrt.preset.PjrtPreset}.
 */
@NullMarked
package org.cornu.pjrt.preset;

import org.jspecify.annotations.NullMarked;
