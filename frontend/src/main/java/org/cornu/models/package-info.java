/**
 * Models: {@link org.cornu.models.Sequential}, the functional {@link org.cornu.models.Model}, and
 * what trains them: {@code compile}, {@code fit}, {@code evaluate}, {@code predict}. {@code fit} is
 * built from the public stateless pieces: one jitted, donated train step over the values of all
 * variables ({@link org.cornu.models.Trainer}). Start reading at {@link org.cornu.models.Model}.
 */
@NullMarked
package org.cornu.models;

import org.jspecify.annotations.NullMarked;
