/**
 * Signals of the operating system: Ctrl-C, and those of Unix.
 */
@NullMarked
package dev.edo.signal;

import org.jspecify.annotations.NullMarked;
