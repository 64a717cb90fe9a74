/** Child processes. */
@NullMarked
package dev.edo.impl.process;

import org.jspecify.annotations.NullMarked;
