package dev.edo.impl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Join;
import dev.edo.future.Poll;
import dev.edo.future.Select;
import dev.edo.runtime.Trace;
import dev.edo.stream.Stream;
import dev.edo.stream.StreamMap;
import dev.edo.sync.CancellationToken;
import dev.edo.sync.Mpsc;
import dev.edo.sync.Notify;
import dev.edo.sync.Oneshot;
import dev.edo.sync.Semaphore;
import dev.edo.sync.UnboundedSender;
import dev.edo.task.Coop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A poll that is traced says where its future waits, and takes nothing from it. */
class TraceTest {
    private final AtomicInteger wakes = new AtomicInteger();
    private final Context cx = Context.of(wakes::incrementAndGet);

    private Trace pending(Future<?> future) throws Exception {
        var captured = Trace.capture(future, cx);
        assertFalse(captured.result().isReady(), () -> captured.trace().toString());
        return captured.trace();
    }

    /** The innermost frame of each place, as {@code Type.method}. */
    private static List<String> innermost(Trace trace) {
        return trace.backtraces().stream().map(stack -> name(stack.getFirst())).toList();
    }

    private static String name(StackTraceElement frame) {
        var type = frame.getClassName();
        return type.substring(type.lastIndexOf('.') + 1) + '.' + frame.getMethodName();
    }

    // --- what a place is

    /** It has registered nothing, so nobody wakes it; the next poll does, and it goes on. */
    @Test
    void aLeafThatIsTracedDoesNothing() throws Exception {
        var semaphore = new Semaphore(1);
        var acquire = semaphore.acquire();
        assertEquals(List.of("Acquire.pollAcquire"), innermost(pending(acquire)));
        assertEquals(1, semaphore.availablePermits(), "the permit that is there was not taken");
        assertEquals(0, wakes.get());
        assertTrue(acquire.poll(cx).isReady());
    }

    @Test
    void aTraceLeavesAloneWhatIsRegistered() throws Exception {
        var notify = new Notify();
        var notified = notify.notified();
        assertFalse(notified.poll(cx).isReady());
        assertEquals(List.of("Notified.poll"), innermost(pending(notified)));
        notify.notifyOne();
        assertEquals(1, wakes.get());
        assertTrue(notified.poll(cx).isReady());
    }

    /** It cannot be told not to go on, and has done what it does when it is traced. */
    @Test
    void aLeafThatKnowsNoBudgetIsAPlaceWhereItAsksForTheWaker() throws Exception {
        var token = CancellationToken.create();
        assertEquals(List.of("CancelledFuture.poll"), innermost(pending(token.cancelled())));
        token.cancel();
        assertEquals(1, wakes.get());
    }

    /** A leaf that asks for both, in this order or that, is one place. */
    @Test
    void aLeafIsOnePlaceHoweverOftenItAsks() throws Exception {
        Future<Integer> budgetLast = polled -> {
            var waker = polled.waker();
            return polled.pollProceed() && waker == null ? Poll.ready(1) : Poll.pending();
        };
        assertEquals(1, pending(new Named(budgetLast)).backtraces().size());
        Future<Integer> budgetFirst = polled -> {
            boolean proceed = polled.pollProceed();
            return polled.waker() == null && proceed ? Poll.ready(1) : Poll.pending();
        };
        assertEquals(1, pending(new Named(budgetFirst)).backtraces().size());
    }

    /** So that the innermost method is a {@code poll}. */
    private record Named(Future<Integer> future) implements Future<Integer> {
        @Override
        public Poll<Integer> poll(Context cx) throws Exception {
            return future.poll(cx);
        }
    }

    /** What is between the leaves and the task asks, too: it is on the way to a place, and none itself. */
    @Test
    void aFutureAroundOthersIsNotAPlace() throws Exception {
        var notify = new Notify();
        var oneshot = Oneshot.<String>channel();
        var token = CancellationToken.create();
        var future = Select.of(
                Coop.cooperative(notify.notified()),
                Join.of(oneshot.receiver().recv(), Coop.unconstrained(token.cancelled()))).biased();
        var trace = pending(future);
        assertEquals(3, trace.backtraces().size(), trace::toString);
        assertEquals("Notified.poll", innermost(trace).get(0));
        assertEquals("OneshotReceiver.poll", innermost(trace).get(1));
        assertEquals("CancelledFuture.poll", innermost(trace).get(2));
        for (var stack : trace.backtraces()) {
            assertEquals("AbstractSelect.poll", name(stack.getLast()), "it begins at the call of capture");
        }
    }

    @Test
    void aFutureThatIsReadyHasNoPlace() throws Exception {
        var captured = Trace.capture(Future.ready("now"), cx);
        assertEquals(Poll.ready("now"), captured.result());
        assertEquals(List.of(), captured.trace().backtraces());
        assertEquals("(no leaf was polled that Edo knows of)", captured.trace().toString());
    }

    @Test
    void aFailureComesThrough() {
        var failure = new IOException("gone");
        assertSame(failure, assertThrows(IOException.class, () -> Trace.capture(Future.failed(failure), cx)));
    }

    // --- many branches

    /** All branches of a first poll have to be polled; what was refused is polled again, and then wakes. */
    @Test
    void branchesThatWereToldNotToGoOnAreNotForgotten() throws Exception {
        var semaphores = IntStream.range(0, 100).mapToObj(i -> new Semaphore(0)).toList();
        var join = Join.all(semaphores.stream().map(Semaphore::acquire).toList());
        assertEquals(100, pending(join).backtraces().size());
        assertFalse(join.poll(cx).isReady());
        var later = pending(join);
        assertEquals(1, later.backtraces().size(), "those that were not woken are not polled");
        assertTrue(later.toString().contains("JoinFuture.poll"), later::toString);
        semaphores.get(70).addPermits(1);
        assertEquals(1, wakes.get());
        assertEquals(List.of("Acquire.pollAcquire"), innermost(pending(join)));
        assertFalse(join.poll(cx).isReady());
        for (int i = 0; i < 100; i++) {
            if (i != 70) {
                semaphores.get(i).addPermits(1);
            }
        }
        assertTrue(join.poll(cx).isReady());
    }

    /** As many places as there are branches, but one stack, so that very many of them cost no memory. */
    @Test
    void branchesOfOneKindShareTheirStack() throws Exception {
        var join = Join.all(IntStream.range(0, 50_000).mapToObj(i -> new Semaphore(0).acquire()).toList());
        var backtraces = pending(join).backtraces();
        assertEquals(50_000, backtraces.size());
        for (var stack : backtraces) {
            assertSame(backtraces.getFirst(), stack);
        }
    }

    @Test
    void streamsOfAMapThatWereToldNotToGoOnAreNotForgotten() throws Exception {
        var map = new StreamMap<Integer, Integer>();
        var senders = new ArrayList<UnboundedSender<Integer>>();
        for (int i = 0; i < 3; i++) {
            var channel = Mpsc.<Integer>unbounded();
            senders.add(channel.sender());
            assertNull(map.insert(i, Stream.from(channel.receiver())));
        }
        for (int round = 0; round < 3; round++) {
            assertFalse(pending(map.next()).backtraces().isEmpty());
            assertFalse(map.next().poll(cx).isReady());
        }
        senders.get(2).send(7);
        assertEquals(Poll.ready(new StreamMap.Entry<>(2, 7)), map.next().poll(cx));
    }

    // --- the context

    @Test
    void contextsThatWrapAnotherOneSayThatItTraces() throws Exception {
        var seen = new ArrayList<Boolean>();
        Future<Integer> asks = polled -> {
            seen.add(polled.isTracing());
            return Poll.pending();
        };
        var many = new ArrayList<Future<Integer>>();
        for (int i = 0; i < 40; i++) {
            many.add(i == 0 ? asks : Future.pending());
        }
        var map = new StreamMap<String, Integer>();
        assertNull(map.insert("it", new Asking(seen)));
        for (Future<?> future : List.of(asks, Coop.unconstrained(asks), Join.all(many), map.next())) {
            seen.clear();
            var unused = Trace.capture(future, cx);
            assertEquals(List.of(true), seen);
        }
        seen.clear();
        var unused = asks.poll(cx);
        assertEquals(List.of(false), seen);
    }

    /** A stream without an element. */
    private record Asking(List<Boolean> seen) implements Stream<Integer> {
        @Override
        public @Nullable Integer pollNext(Context cx) {
            seen.add(cx.isTracing());
            return null;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public void cancel() {}
    }

    @Test
    void theInnerOneOfTwoTracesHasThePlaces() throws Exception {
        var inner = new ArrayList<Trace>();
        var notified = new Notify().notified();
        var outer = pending(Future.of(polled -> {
            var captured = Trace.capture(notified, polled);
            inner.add(captured.trace());
            return captured.result();
        }));
        assertEquals(List.of("Notified.poll"), innermost(inner.getFirst()));
        assertEquals(List.of(), outer.backtraces());
    }

    @Test
    void aLeafCallsWhoeverTracesItself() throws Exception {
        var calls = new ArrayList<List<String>>();
        var future = Join.of(new Notify().notified(), new Semaphore(0).acquire(), CancellationToken.create().cancelled());
        var poll = Trace.traceWith(future, cx, () -> calls.add(StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::getMethodName).toList())));
        assertFalse(poll.isReady());
        assertEquals(2, calls.size(), "leaves that know a budget");
        assertTrue(calls.getFirst().contains("aLeafCallsWhoeverTracesItself"));
        calls.clear();
        assertEquals(Poll.ready(1), Trace.traceWith(Future.ready(1), cx, () -> calls.add(List.of())));
        assertEquals(List.of(), calls);
    }

    // --- as text

    @Test
    void onePlaceReadsLikeAStack() {
        var frames = List.of(frame("leaf", 3), frame("root", 1));
        assertEquals("at a.B.leaf(B.java:3)\nat a.B.root(B.java:1)", Trace.of(List.of(frames)).toString());
        assertEquals("(no stack yet)", Trace.of(List.of(List.of())).toString());
    }

    @Test
    void severalPlacesAreATree() {
        var trace = Trace.of(List.of(
                List.of(frame("one", 4), frame("join", 2), frame("root", 1)),
                List.of(frame("two", 6), frame("deep", 5), frame("join", 2), frame("root", 1)),
                List.of(frame("three", 7), frame("deep", 5), frame("join", 2), frame("root", 1))));
        assertEquals("""
                a.B.root(B.java:1)
                a.B.join(B.java:2)
                ├ a.B.one(B.java:4)
                └ a.B.deep(B.java:5)
                  ├ a.B.two(B.java:6)
                  └ a.B.three(B.java:7)""", trace.toString());
    }

    private static StackTraceElement frame(String method, int line) {
        return new StackTraceElement("app", "m", "1", "a.B", method, "B.java", line);
    }
}
