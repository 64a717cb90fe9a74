/**
 * An echo server, and a load generator that drives it, checks every byte and measures: each in a
 * runtime of its own.
 *
 * <p>Begin with {@link dev.edo.examples.echo.EchoServer}; the generator's heart is
 * {@link dev.edo.examples.echo.LoadConnection}.
 */
@NullMarked
package dev.edo.examples.echo;

import org.jspecify.annotations.NullMarked;
