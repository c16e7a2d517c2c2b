/**
 * One program on several devices, as many virtual CPU devices in one process: training follows the
 * run on one device, and programs say where their values lie. Start reading at {@link
 * org.cornu.tests.spmd.SpmdTest}.
 */
@NullMarked
package org.cornu.tests.spmd;

import org.jspecify.annotations.NullMarked;
