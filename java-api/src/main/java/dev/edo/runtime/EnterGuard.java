package dev.edo.runtime;

/**
 * While open, this thread is inside a runtime: {@code spawn}, sockets and timers find it. Guards are closed by
 * the thread that opened them, the innermost first.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/struct.EnterGuard.html">tokio::runtime::EnterGuard</a>
 */
public interface EnterGuard extends AutoCloseable {
    @Override
    void close();
}
