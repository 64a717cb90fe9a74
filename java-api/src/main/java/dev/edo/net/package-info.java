/**
 * TCP and Unix domain sockets: listeners, streams and sockets. UDP: sockets.
 */
@NullMarked
package dev.edo.net;

import org.jspecify.annotations.NullMarked;
