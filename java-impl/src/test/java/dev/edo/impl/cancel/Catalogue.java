package dev.edo.impl.cancel;

import dev.edo.future.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Awaitables, each with a factory of scenarios. */
abstract class Catalogue {
    /**
     * An awaitable.
     *
     * @param name the method of the API, as {@link ApiMethods} names it; behind a colon the situation
     * @param factory makes a new scenario
     */
    record Entry(String name, Callable<Scenario> factory) {
        String method() {
            int colon = name.indexOf(": ");
            return colon < 0 ? name : name.substring(0, colon);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private final List<Entry> entries = new ArrayList<>();

    final List<Entry> entries() {
        return List.copyOf(entries);
    }

    final void add(String name, Callable<Scenario> factory) {
        entries.add(new Entry(name, factory));
    }

    static void expect(String what, @Nullable Object expected, @Nullable Object actual) {
        if (!(expected == null ? actual == null : expected.equals(actual))) {
            throw new AssertionError(what + ": expected " + expected + ", found " + actual);
        }
    }

    /** The value of a future that must be there now. */
    static <T extends @Nullable Object> T now(String what, Future<T> future) throws Exception {
        if (new CountingContext().poll(future) instanceof dev.edo.future.Poll.Ready<T>(var value)) {
            return value;
        }
        future.cancel();
        throw new AssertionError(what + " is not there at once");
    }

    /** The value of a future that comes by itself. */
    static <T extends @Nullable Object> T soon(String what, Future<T> future) throws Exception {
        var cx = new CountingContext();
        while (true) {
            int wakes = cx.wakes();
            if (cx.poll(future) instanceof dev.edo.future.Poll.Ready<T>(var value)) {
                return value;
            }
            cx.awaitWakeAfter(wakes, what);
        }
    }

    /** A future that must have to wait; it is cancelled. */
    static void notNow(String what, Future<?> future) throws Exception {
        if (new CountingContext().poll(future).isReady()) {
            throw new AssertionError(what + " is there, though it must not be");
        }
        future.cancel();
    }
}
