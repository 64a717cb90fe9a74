/**
 * TCP: listeners, streams and sockets.
 */
@NullMarked
package dev.edo.net;

import org.jspecify.annotations.NullMarked;
