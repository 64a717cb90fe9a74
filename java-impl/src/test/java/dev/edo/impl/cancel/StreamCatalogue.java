package dev.edo.impl.cancel;

import dev.edo.future.Future;
import dev.edo.impl.contract.Gate;
import dev.edo.metrics.TaskMonitor;
import dev.edo.stream.Stream;
import dev.edo.sync.Semaphore;
import java.util.List;
import java.util.function.Function;

/**
 * The combinators of streams. Each is given up twice: the wait for an element, and the stream with all that it owns.
 */
final class StreamCatalogue extends Catalogue {
    StreamCatalogue() {
        combinator("Stream.next()", stream -> stream);
        combinator("Stream.map(Function)", stream -> stream.map(n -> -n));
        combinator("Stream.filter(Predicate)", stream -> stream.filter(n -> n % 2 == 0));
        combinator("Stream.filterMap(Function)", stream -> stream.filterMap(n -> n == 3 ? "three" : null));
        combinator("Stream.mapWhile(Function)", stream -> stream.mapWhile(n -> n < 3 ? -n : null));
        combinator("Stream.take(long)", stream -> stream.take(2));
        combinator("Stream.takeWhile(Predicate)", stream -> stream.takeWhile(n -> n < 3));
        combinator("Stream.skip(long)", stream -> stream.skip(2));
        combinator("Stream.skipWhile(Predicate)", stream -> stream.skipWhile(n -> n < 3));
        combinator("Stream.chain(Stream)", stream -> stream.chain(Stream.of(7, 8)));
        combinator("Stream.chain(Stream): behind", stream -> Stream.of(7, 8).skip(2).chain(stream));
        combinator("Stream.merge(Stream)", stream -> stream.merge(Stream.empty()));
        combinator("Stream.merge(Stream): on the other side", stream -> Stream.<Integer>empty().merge(stream));
        combinator("Stream.fuse()", Stream::fuse);
        combinator("Stream.notifyClose()", Stream::notifyClose);
        combinator("Stream.peekable()", Stream::peekable);
        combinator("Stream.then(Function)", stream -> stream.then(n -> Future.ready(-n)));
        combinator("TaskMonitor.instrument(Stream)", stream -> new TaskMonitor().instrument(stream));
        borrowed();
        waiting();
        peeking();
    }

    private <T> void combinator(String method, Function<Stream<Integer>, Stream<T>> combinator) {
        add(method + (method.contains(": ") ? ", " : ": ") + "the wait", () -> {
            var elements = new Inputs().through(combinator);
            return elements.next(elements.stream().next());
        });
        add(method + (method.contains(": ") ? ", " : ": ") + "the stream", () -> {
            var inputs = new Inputs();
            return inputs.through(combinator).ending(outcome -> inputs.expectGivenUp());
        });
    }

    private void borrowed() {
        add("Stream.byRef(): the wait", () -> {
            var elements = new Inputs().through(Stream::byRef);
            return elements.next(elements.stream().next());
        });
        add("Stream.byRef(): the view", () -> {
            var inputs = new Inputs();
            var view = Polled.ending(inputs.stream.byRef());
            return Scenario.of(view).leavesItsWaker().wokenAt(inputs::give).losesNothing(outcome -> {
                for (int input = outcome.provoked() + 1; input <= Inputs.ALL.size() + 1; input++) {
                    inputs.give(input);
                }
                expect("elements left", Inputs.ALL.subList(outcome.one(), Inputs.ALL.size()),
                        now("all", inputs.stream.toList()));
            });
        });
    }

    /** The futures that a stream makes for its elements are the stream's. */
    private void waiting() {
        add("Stream.then(Function): while its future waits", () -> {
            var semaphore = new Semaphore(0);
            var stream = Stream.of(1, 2).then(n -> CombinatorCatalogue.returning(semaphore.acquire(), -n));
            return new Elements<>(stream, n -> semaphore.addPermits(1), 2, List.of(-1, -2)).next(stream.next());
        });
        add("Stream.then(Function): given up while its future waits", () -> {
            var gate = new Gate<Integer>();
            var stream = Stream.of(1).then(n -> gate);
            return new Elements<>(stream, n -> gate.open(-1), 1, List.of(-1)).ending(outcome -> expect(
                    "cancelled", outcome.completed() || gate.polls() == 0 ? 0 : 1, gate.cancels()));
        });
        add("Stream.pollNext(Context)", () -> {
            var inputs = new Inputs();
            return inputs.through(stream -> stream).ending(outcome -> inputs.expectGivenUp());
        });
    }

    private void peeking() {
        add("Peekable.pollNext(Context)", () -> {
            var inputs = new Inputs();
            return inputs.through(stream -> stream.peekable()).ending(outcome -> inputs.expectGivenUp());
        });
        add("Peekable.peek()", () -> {
            var inputs = new Inputs();
            var stream = inputs.stream.peekable();
            return peeked(inputs, stream.peek(), stream);
        });
        add("Peekable.pollPeek(Context)", () -> {
            var inputs = new Inputs();
            var stream = inputs.stream.peekable();
            var peek = Polled.<Integer>of(cx -> {
                var element = stream.pollPeek(cx);
                return element == null ? dev.edo.future.Poll.pending() : dev.edo.future.Poll.ready(element);
            }, waker -> {});
            return peeked(inputs, peek, stream);
        });
    }

    /** Looking takes nothing. */
    private static Scenario peeked(Inputs inputs, Future<?> peek, Stream<Integer> stream) {
        return Scenario.of(peek).leavesItsWaker().wokenAt(inputs::give).losesNothing(outcome -> {
            for (int input = outcome.provoked() + 1; input <= Inputs.ALL.size() + 1; input++) {
                inputs.give(input);
            }
            expect("elements", Inputs.ALL, now("all", stream.toList()));
        });
    }
}
