package dev.edo.runtime;

/**
 * While open, this thread is inside a runtime: {@code spawn}, sockets and timers find it. Guards are closed by
 * the thread that opened them, the innermost first.
 *
 * <pre>{@code
 * try (var guard = runtime.enter()) {
 *     return Interval.of(Duration.ofSeconds(1)); // its timer belongs to the runtime
 * }
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/struct.EnterGuard.html">tokio::runtime::EnterGuard</a>
 */
public interface EnterGuard extends AutoCloseable {
    /**
     * Leaves the runtime. Closing again does nothing.
     *
     * @throws IllegalStateException on another thread, or while a guard is open that was opened later
     */
    @Override
    void close();
}
