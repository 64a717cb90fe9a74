package dev.edo.future;

/**
 * Tells the executor of a future that it is worth polling again.
 *
 * <p>A waker may be called from any thread, any number of times, also after its future completed:
 * a superfluous call costs one poll at most. It never blocks and never throws.
 *
 * <pre>{@code
 * var waker = cx.waker(); // in a poll that will return pending
 * device.onReady(() -> waker.wake());
 * }</pre>
 *
 * <p>A task is its own waker, so comparing wakers with {@code ==} tells whether the one stored by an
 * earlier poll is still the right one.
 *
 * @see <a href="https://doc.rust-lang.org/std/task/struct.Waker.html">std::task::Waker</a>
 */
@FunctionalInterface
public interface Waker {
    /** Makes the future run again soon. */
    void wake();
}
