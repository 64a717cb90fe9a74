/**
 * What an implementation of Edo provides; applications do not use this package.
 */
@NullMarked
package dev.edo.spi;

import org.jspecify.annotations.NullMarked;
