package dev.edo.net;

import java.util.OptionalLong;

/**
 * Who is at the other end of a Unix domain socket, as the kernel says: the other side cannot lie.
 *
 * <pre>{@code
 * var stream = listener.accept().await();
 * if (stream.peerCred().uid() != 0) {
 *     stream.close();
 * }
 * }</pre>
 *
 * @param uid the effective user when the connection was made, 0 to 4,294,967,294
 * @param gid the effective group when the connection was made, 0 to 4,294,967,294
 * @param pid the process, where the system tells; it may have ended since, and another one may have its number
 * @see <a href="https://docs.rs/tokio/latest/tokio/net/unix/struct.UCred.html">tokio::net::unix::UCred</a>
 */
public record UCred(long uid, long gid, OptionalLong pid) {}
