/** Tasks that stay on one thread. */
@NullMarked
package dev.edo.impl.task.local;

import org.jspecify.annotations.NullMarked;
