/**
 * Signals of the operating system: Ctrl-C, and those of Unix. {@link dev.edo.signal.Signal} listens to one
 * {@link dev.edo.signal.SignalKind}; it needs no runtime.
 */
@NullMarked
package dev.edo.signal;

import org.jspecify.annotations.NullMarked;
