package dev.edo.time;

import org.jspecify.annotations.Nullable;

/**
 * A value that came out of a {@link DelayQueue}.
 *
 * @param value the value
 * @param deadline when it was to come out
 * @param key the key it was inserted under; stale now
 * @param <T> the type of the value
 * @see <a href="https://docs.rs/tokio-util/latest/tokio_util/time/delay_queue/struct.Expired.html">tokio_util::time::delay_queue::Expired</a>
 */
public record Expired<T extends @Nullable Object>(T value, Instant deadline, DelayKey key) {}
