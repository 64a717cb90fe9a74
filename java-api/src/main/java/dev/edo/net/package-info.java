/**
 * TCP and Unix domain sockets: listeners, streams and sockets. UDP and Unix domain sockets: datagrams.
 */
@NullMarked
package dev.edo.net;

import org.jspecify.annotations.NullMarked;
