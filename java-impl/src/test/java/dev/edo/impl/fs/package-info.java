/** Files and directories in runtimes, on real file systems. */
@NullMarked
package dev.edo.impl.fs;

import org.jspecify.annotations.NullMarked;
