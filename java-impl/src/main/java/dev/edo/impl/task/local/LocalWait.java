package dev.edo.impl.task.local;

import dev.edo.internal.LinkedWait;

/** One of the set's futures, which runs the set's tasks when it is polled; it stands in the set's {@link LocalWaits}. */
abstract class LocalWait extends LinkedWait<LocalWait> {}
