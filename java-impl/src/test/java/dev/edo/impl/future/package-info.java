/** Combinators in whole runtimes. */
@NullMarked
package dev.edo.impl.future;

import org.jspecify.annotations.NullMarked;
