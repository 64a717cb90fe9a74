package dev.edo.io;

/**
 * How much was copied between two streams.
 *
 * <pre>{@code
 * Copied copied = Io.copyBidirectional(client, server).await();
 * log("sent " + copied.aToBBytes() + ", received " + copied.bToABytes());
 * }</pre>
 *
 * @param aToBBytes from the first to the second
 * @param bToABytes from the second to the first
 */
public record Copied(long aToBBytes, long bToABytes) {}
