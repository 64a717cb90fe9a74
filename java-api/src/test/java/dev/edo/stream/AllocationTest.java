package dev.edo.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.edo.future.Context;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A poll allocates nothing besides the element: not when there is one, nor when there is none. */
class AllocationTest {
    private static final int POLLS = 20_000;
    /** One object of the least size per poll would be this times 16 bytes; class loading is far below. */
    private static final long FEWER_BYTES_THAN = POLLS * 8L;

    /** Gives one and the same element for ever. */
    private static final class Ready implements Stream<String> {
        @Override
        public @Nullable String pollNext(Context cx) {
            return "element";
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public void cancel() {}
    }

    private static long bytesOf(Stream<?> stream, boolean ready) throws Exception {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var cx = new CountingWaker().context();
        int elements = stream.pollNext(cx) != null ? 1 : 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 1; i < POLLS; i++) {
            if (stream.pollNext(cx) != null) {
                elements++;
            }
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(ready ? POLLS : 0, elements);
        return bytes;
    }

    private static void allocatesNothing(String name, Function<Stream<String>, Stream<?>> combinator)
            throws Exception {
        long bytes = bytesOf(combinator.apply(new Ready()), true);
        assertTrue(bytes < FEWER_BYTES_THAN, name + " of a ready stream: bytes=" + bytes);
        bytes = bytesOf(combinator.apply(Stream.pending()), false);
        assertTrue(bytes < FEWER_BYTES_THAN, name + " of a pending stream: bytes=" + bytes);
    }

    @Test
    void combinatorsAllocateNothing() throws Exception {
        allocatesNothing("itself", s -> s);
        allocatesNothing("map", s -> s.map(x -> "mapped"));
        allocatesNothing("filter", s -> s.filter(x -> true));
        allocatesNothing("map and filter", s -> s.map(x -> "mapped").filter(x -> x.length() > 1).map(x -> x));
        allocatesNothing("filterMap", s -> s.filterMap(x -> x));
        allocatesNothing("mapWhile", s -> s.mapWhile(x -> x));
        allocatesNothing("take", s -> s.take(Long.MAX_VALUE));
        allocatesNothing("takeWhile", s -> s.takeWhile(x -> true));
        allocatesNothing("skip", s -> s.skip(3));
        allocatesNothing("skipWhile", s -> s.skipWhile(x -> x.isEmpty()));
        allocatesNothing("chain", s -> s.chain(Stream.pending()));
        allocatesNothing("merge", s -> s.merge(Stream.pending()));
        allocatesNothing("fuse", Stream::fuse);
        allocatesNothing("byRef", Stream::byRef);
        allocatesNothing("peekable", Stream::peekable);
        allocatesNothing("throttle", s -> s.throttle(java.time.Duration.ZERO));
    }

    @Test
    void iterAllocatesNothing() throws Exception {
        var elements = new ArrayList<String>();
        for (int i = 0; i < POLLS; i++) {
            elements.add("element");
        }
        long bytes = bytesOf(Stream.iter(List.copyOf(elements)).map(x -> x).filter(x -> true), true);
        assertTrue(bytes < FEWER_BYTES_THAN, "bytes=" + bytes);
    }

    @Test
    void aMapThatWaitsAllocatesNothing() throws Exception {
        var map = new StreamMap<Integer, Integer>();
        for (int i = 0; i < 100; i++) {
            map.insert(i, Stream.pending());
        }
        long bytes = bytesOf(map, false);
        assertTrue(bytes < FEWER_BYTES_THAN, "bytes=" + bytes);
    }

    @Test
    void anElementOfAPublisherAllocatesNothing() throws Exception {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var subscription = new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
        };
        var stream = new PublisherStream<String>(s -> s.onSubscribe(subscription), 8);
        var cx = new CountingWaker().context();
        assertEquals(null, stream.pollNext(cx));
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < POLLS; i++) {
            stream.onNext("element");
            assertEquals("element", stream.pollNext(cx));
            assertEquals(null, stream.pollNext(cx));
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(bytes < FEWER_BYTES_THAN, "bytes=" + bytes);
    }

    /** In a map, an element costs its entry: nothing for the wake-up, which reuses the branch. */
    @Test
    void aWakeUpInAMapAllocatesNothing() throws Exception {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var map = new StreamMap<Integer, Integer>();
        var branches = new ArrayList<PendingUntilSent>();
        for (int i = 0; i < 10; i++) {
            branches.add(new PendingUntilSent());
            map.insert(i, branches.getLast());
        }
        var cx = new CountingWaker().context();
        assertEquals(null, map.pollNext(cx));
        long before = 0;
        for (int i = -100; i < POLLS; i++) {
            if (i == 0) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            branches.get((i + 100) % 10).spuriousWake();
            assertEquals(null, map.pollNext(cx));
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(bytes < FEWER_BYTES_THAN, "bytes=" + bytes);
    }

    private static final class PendingUntilSent implements Stream<Integer> {
        private dev.edo.future.@Nullable Waker waker;

        void spuriousWake() {
            if (waker != null) {
                waker.wake();
            }
        }

        @Override
        public @Nullable Integer pollNext(Context cx) {
            waker = cx.waker();
            return null;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public void cancel() {}
    }
}
