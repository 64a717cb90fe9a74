/**
 * The poll contract (futures, wakers, contexts) and the combinators built on it.
 */
@NullMarked
package dev.edo.future;

import org.jspecify.annotations.NullMarked;
