/** Scopes and collections of tasks on real runtimes, over the flavours and both styles. */
@NullMarked
package dev.edo.impl.task.set;

import org.jspecify.annotations.NullMarked;
