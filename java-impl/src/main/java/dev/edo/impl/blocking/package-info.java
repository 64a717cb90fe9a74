/**
 * The pool for code that blocks a platform thread.
 *
 * <p>All state of {@link dev.edo.impl.blocking.BlockingPool} is guarded by its one lock; jobs run outside of it.
 */
@NullMarked
package dev.edo.impl.blocking;

import org.jspecify.annotations.NullMarked;
