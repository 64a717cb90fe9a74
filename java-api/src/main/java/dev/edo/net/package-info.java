/**
 * TCP and Unix domain sockets: listeners, streams and sockets. UDP and Unix domain sockets: datagrams. Pipes, with and
 * without a name.
 */
@NullMarked
package dev.edo.net;

import org.jspecify.annotations.NullMarked;
