/**
 * Graph machinery that the transforms share: which values a region uses from outside, copying ops
 * from one block into another, and the answer of an op that a transform cannot handle.
 *
 * <p>Start reading at {@link org.cornu.tracer.graph.MissingRuleException}, which every transform
 * answers with where an op has no rule.
 */
@NullMarked
package org.cornu.tracer.graph;

import org.jspecify.annotations.NullMarked;
