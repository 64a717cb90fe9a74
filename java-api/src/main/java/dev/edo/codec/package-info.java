/**
 * Frames instead of bytes: {@link dev.edo.codec.Decoder decoders} and
 * {@link dev.edo.codec.Encoder encoders}, and {@link dev.edo.codec.FramedRead},
 * {@link dev.edo.codec.FramedWrite} and {@link dev.edo.codec.Framed}, which run them over a
 * connection, and {@link dev.edo.codec.UdpFramed}, which does so over datagrams. A decoder works on
 * the bytes where they are; memory grows with the bytes that have come, never by what a header
 * announces; limits are exceptions that name the value and the limit.
 *
 * @see <a
 *     href="https://docs.rs/tokio-util/latest/tokio_util/codec/index.html">tokio_util::codec</a>
 */
@NullMarked
package dev.edo.codec;

import org.jspecify.annotations.NullMarked;
