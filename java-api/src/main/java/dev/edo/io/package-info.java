/**
 * Readiness and the vocabulary of asynchronous I/O.
 */
@NullMarked
package dev.edo.io;

import org.jspecify.annotations.NullMarked;
