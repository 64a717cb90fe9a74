/**
 * Building a runtime, entering it, spawning on it and shutting it down.
 */
@NullMarked
package dev.edo.runtime;

import org.jspecify.annotations.NullMarked;
