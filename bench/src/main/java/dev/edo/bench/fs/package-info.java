/** Files. */
@NullMarked
package dev.edo.bench.fs;

import org.jspecify.annotations.NullMarked;
