/**
 * Other programs: starting them, talking to them, and waiting for their end.
 */
@NullMarked
package dev.edo.process;

import org.jspecify.annotations.NullMarked;
