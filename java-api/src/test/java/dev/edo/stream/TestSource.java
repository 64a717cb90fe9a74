package dev.edo.stream;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A stream that the test feeds, and that counts what is done to it. */
final class TestSource<T> implements Stream<T> {
    private final ArrayDeque<Object> queue = new ArrayDeque<>();
    private boolean closed;
    private boolean endSeen;
    private int polls;
    private int pollsAfterEnd;
    private int cancels;
    private @Nullable Waker waker;

    private record Failing(Exception failure) {}

    @SafeVarargs
    @SuppressWarnings("varargs")
    static <T> TestSource<T> open(T... elements) {
        var source = new TestSource<T>();
        for (T element : elements) {
            source.queue.add(element);
        }
        return source;
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    static <T> TestSource<T> closed(T... elements) {
        var source = open(elements);
        source.closed = true;
        return source;
    }

    TestSource<T> send(T element) {
        queue.add(element);
        wake();
        return this;
    }

    TestSource<T> fail(Exception failure) {
        queue.add(new Failing(failure));
        wake();
        return this;
    }

    TestSource<T> close() {
        closed = true;
        wake();
        return this;
    }

    private void wake() {
        var waiting = waker;
        waker = null;
        if (waiting != null) {
            waiting.wake();
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable T pollNext(Context cx) throws Exception {
        if (isTerminated()) {
            pollsAfterEnd++;
            return null;
        }
        polls++;
        var head = queue.poll();
        if (head instanceof Failing failing) {
            throw failing.failure;
        }
        if (head == null && closed) {
            endSeen = true;
        } else if (head == null) {
            waker = cx.waker();
        }
        return (T) head;
    }

    @Override
    public boolean isTerminated() {
        return endSeen || cancels > 0;
    }

    @Override
    public void cancel() {
        cancels++;
        waker = null;
    }

    @Override
    public SizeHint sizeHint() {
        return closed ? SizeHint.exactly(queue.size()) : SizeHint.atLeast(queue.size());
    }

    int polls() {
        return polls;
    }

    /** Allowed, but not by those who undertake to avoid it. */
    int pollsAfterEnd() {
        return pollsAfterEnd;
    }

    int cancels() {
        return cancels;
    }

    boolean endSeen() {
        return endSeen;
    }

    boolean hasWaker() {
        return waker != null;
    }

    int unread() {
        return queue.size();
    }
}
