/** Streams in whole runtimes: time, styles, wrappers, bridges. */
@NullMarked
package dev.edo.impl.stream;

import org.jspecify.annotations.NullMarked;
