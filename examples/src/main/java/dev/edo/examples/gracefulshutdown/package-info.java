/** Ending in good order, on one page. */
@NullMarked
package dev.edo.examples.gracefulshutdown;

import org.jspecify.annotations.NullMarked;
