/**
 * The command line {@code cornu}: results on standard output, notes on standard error, status 0 for
 * success, 1 for failure, 2 for a wrong command line. Samples, benchmarks and further commands are
 * found with {@link java.util.ServiceLoader}, so that this package knows nothing of them. Start
 * reading at {@link org.cornu.cli.Main}.
 */
@NullMarked
package org.cornu.cli;

import org.jspecify.annotations.NullMarked;
