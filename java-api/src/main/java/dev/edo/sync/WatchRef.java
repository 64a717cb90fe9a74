package dev.edo.sync;

import org.jspecify.annotations.Nullable;

/**
 * The value of a {@link Watch} channel as a receiver found it, and whether it was new to the receiver.
 *
 * <pre>{@code
 * var config = receiver.borrowRefAndUpdate();
 * if (config.hasChanged()) {
 *     apply(config.value());
 * }
 * }</pre>
 *
 * @param value the value; an immutable snapshot
 * @param hasChanged whether the receiver had not seen it when this was made
 * @param <T> the type of the value
 * @see <a href="https://docs.rs/tokio/latest/tokio/sync/watch/struct.Ref.html">tokio::sync::watch::Ref</a>
 */
public record WatchRef<T extends @Nullable Object>(T value, boolean hasChanged) {}
