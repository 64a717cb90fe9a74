/** A TCP proxy on one page. */
@NullMarked
package dev.edo.examples.proxy;

import org.jspecify.annotations.NullMarked;
