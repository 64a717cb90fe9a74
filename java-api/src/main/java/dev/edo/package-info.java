/**
 * The facade: {@link dev.edo.Edo} is all that most programs import.
 */
@NullMarked
package dev.edo;

import org.jspecify.annotations.NullMarked;
