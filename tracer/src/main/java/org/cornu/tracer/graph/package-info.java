/**
 * Surgery on StableHLO graphs that every transform needs: copying ops from one block to another
 * under a mapping of values, the free values of a region, and removal of dead ops. Knows nothing of
 * tensors or traces. Start reading at {@link org.cornu.tracer.graph.Inliner}.
 */
@NullMarked
package org.cornu.tracer.graph;

import org.jspecify.annotations.NullMarked;
