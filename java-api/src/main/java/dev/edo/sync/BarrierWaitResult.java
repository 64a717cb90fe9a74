package dev.edo.sync;

/**
 * What a wait at a {@link Barrier} came to.
 *
 * <pre>{@code
 * if (barrier.waitForAll().await().isLeader()) {
 *     report();
 * }
 * }</pre>
 *
 * @param isLeader whether this one arrived last; exactly one of those that open a barrier did
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/struct.BarrierWaitResult.html">tokio::sync::BarrierWaitResult</a>
 */
public record BarrierWaitResult(boolean isLeader) {}
