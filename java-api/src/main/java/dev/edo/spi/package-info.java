/**
 * What an implementation of Edo provides; applications do not use this package. {@link dev.edo.spi.EdoProvider} is the
 * service, found once, and the way to all others.
 */
@NullMarked
package dev.edo.spi;

import org.jspecify.annotations.NullMarked;
