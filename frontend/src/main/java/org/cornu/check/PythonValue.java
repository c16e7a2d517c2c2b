package org.cornu.check;

import org.jspecify.annotations.Nullable;

/** A result that is no tensor: a shape, a rank, the name of a type. */
public record PythonValue(@Nullable Object value) {}
