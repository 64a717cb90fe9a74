/** Signals that this process, or a process of its own, is really sent. */
@NullMarked
package dev.edo.impl.signal;

import org.jspecify.annotations.NullMarked;
