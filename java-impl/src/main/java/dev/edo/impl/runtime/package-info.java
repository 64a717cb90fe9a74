/**
 * Putting a runtime together: options, handle, lifecycle, and the service that {@code dev.edo} finds.
 *
 * <p>Locks are taken one at a time: the blocking pool's lock, a list of owned tasks, a timer shard, a
 * registration's lock. None is held while a waker or code of the application runs.
 */
@NullMarked
package dev.edo.impl.runtime;

import org.jspecify.annotations.NullMarked;
