/**
 * The pool for code that blocks a platform thread.
 *
 * <p>All state of {@link dev.edo.impl.blocking.BlockingPool} is guarded by its one lock; jobs run outside of it.
 * The pool's threads wait for the lock, but for one that has looked out for a job, which is about to get it; all others
 * spin, for they may be tasks. The supplier of thread names, which is
 * code of the application, is called without it.
 */
@NullMarked
package dev.edo.impl.blocking;

import org.jspecify.annotations.NullMarked;
