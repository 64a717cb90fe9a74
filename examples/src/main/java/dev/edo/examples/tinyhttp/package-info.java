/**
 * A small HTTP/1.1 server: {@link dev.edo.examples.tinyhttp.TinyHttp} is the program, {@link
 * dev.edo.examples.tinyhttp.HttpConnection} one connection from its first byte to its last, {@link
 * dev.edo.examples.tinyhttp.Request} finds the parts of a request where they lie in the buffer, {@link
 * dev.edo.examples.tinyhttp.Responses} has the answers ready.
 */
@NullMarked
package dev.edo.examples.tinyhttp;

import org.jspecify.annotations.NullMarked;
