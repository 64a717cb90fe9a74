/** Options, lifecycle and what a runtime leaves behind. */
@NullMarked
package dev.edo.impl.runtime;

import org.jspecify.annotations.NullMarked;
