/**
 * Putting a runtime together: options, handle, lifecycle, and the service that {@code dev.edo} finds.
 *
 * <p>Locks are taken one at a time: the blocking pool's lock, a shard of the owned tasks, a timer shard, a
 * registration's lock; none is held while code outside its class runs, wakers least of all.
 */
@NullMarked
package dev.edo.impl.runtime;

import org.jspecify.annotations.NullMarked;
