/**
 * Building a runtime, entering it, spawning on it and shutting it down.
 *
 * <p>Begin with {@link dev.edo.runtime.RuntimeBuilder}. An {@link dev.edo.runtime.EdoRuntime} belongs to who built it
 * and closes it; a {@link dev.edo.runtime.Handle} is what others get. A {@link dev.edo.runtime.LocalRuntime} never
 * leaves its thread. {@link dev.edo.runtime.RuntimeMetrics} are the figures of a runtime, and
 * {@link dev.edo.runtime.TaskMeta} is what hooks are told of its tasks.
 */
@NullMarked
package dev.edo.runtime;

import org.jspecify.annotations.NullMarked;
