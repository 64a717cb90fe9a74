/**
 * Putting a runtime together: options, handle, lifecycle, and the service that {@code dev.edo} finds.
 *
 * <p>{@link dev.edo.impl.runtime.Provider} is the service. {@link dev.edo.impl.runtime.BuilderImpl} checks options and
 * makes a {@link dev.edo.impl.runtime.RuntimeConfig} of them, {@link dev.edo.impl.runtime.RuntimeHandle} has the parts and
 * does everything with them but end them, which {@link dev.edo.impl.runtime.EdoRuntimeImpl} does. {@code Entered} is a
 * thread that has entered a runtime by hand.
 *
 * <p>Locks are taken one at a time: the blocking pool's lock, a list of owned tasks, a timer shard, a
 * registration's lock. None is held while a waker or code of the application runs.
 */
@NullMarked
package dev.edo.impl.runtime;

import org.jspecify.annotations.NullMarked;
