package dev.edo.impl.cancel;

import static dev.edo.impl.cancel.RuntimeWorld.TICK;

import dev.edo.stream.Stream;
import dev.edo.time.Elapsed;
import dev.edo.time.Instant;
import dev.edo.time.DelayQueue;
import dev.edo.time.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Streams with a timer of their own, which goes with them; the clock stands still unless it is moved. */
final class TimedStreamCatalogue extends Catalogue {
    private final RuntimeWorld world;

    TimedStreamCatalogue(RuntimeWorld world) {
        this.world = world;
        chunks();
        throttle();
        limit("Stream.timeout(Duration)", stream -> stream.timeout(TICK));
        limit("Stream.timeoutRepeating(Interval)",
                stream -> stream.timeoutRepeating(Interval.startingAt(Instant.now().plus(TICK), TICK)));
        intervals();
    }

    /** A first number, and then the time of the chunk. */
    private void chunks() {
        add("Stream.chunksTimeout(int, Duration)", () -> world.inPaused(() -> {
            var inputs = new Inputs();
            var chunks = world.polledInPaused(inputs.stream.chunksTimeout(2, TICK));
            return Scenario.of(chunks.next()).leavesItsWaker()
                    .wokenAt(point -> oneThenTime(inputs, point))
                    .losesNothing(outcome -> {
                        var found = new ArrayList<Object>();
                        if (outcome.value() instanceof List<?> chunk) {
                            found.addAll(chunk);
                        }
                        inputs.give(Inputs.ALL.size() + 1);
                        for (var chunk : now("the rest", chunks.toList())) {
                            found.addAll(chunk);
                        }
                        expect("elements", Inputs.ALL.subList(0, Math.min(1, outcome.provoked())), found);
                    });
        }));
        add("ChunksTimeout.pollNext(Context)", () -> world.inPaused(() -> {
            var inputs = new Inputs();
            var chunks = inputs.stream.chunksTimeout(2, TICK);
            return Scenario.of(Polled.ending(world.polledInPaused(chunks)))
                    .wokenAt(point -> oneThenTime(inputs, point))
                    .losesNothing(outcome -> {
                        chunks.cancel();
                        inputs.expectGivenUp();
                        expect("chunk", List.of(), chunks.remainder());
                        world.pass(TICK.multipliedBy(2));
                    });
        }));
    }

    private void oneThenTime(Inputs inputs, int point) throws Exception {
        if (point == 1) {
            inputs.give(1);
        } else {
            world.pass(TICK);
        }
    }

    private void throttle() {
        add("Stream.throttle(Duration): the wait", () -> world.inPaused(() -> {
            var inputs = new Inputs();
            var slow = world.polledInPaused(inputs.stream.throttle(TICK));
            inputs.give(1);
            inputs.give(2);
            expect("the first one", 1, now("the first one", slow.next()));
            return new Elements<>(slow, point -> world.pass(TICK), 1, List.of(2), true).next(slow.next());
        }));
        add("Stream.throttle(Duration): the stream", () -> world.inPaused(() -> {
            var inputs = new Inputs();
            var slow = world.polledInPaused(inputs.stream.throttle(TICK));
            inputs.give(1);
            inputs.give(2);
            expect("the first one", 1, now("the first one", slow.next()));
            return new Elements<>(slow, point -> world.pass(TICK), 1, List.of(2)).ending(outcome -> {
                inputs.expectGivenUp();
                world.pass(TICK.multipliedBy(2));
            });
        }));
    }

    private void limit(String method, UnaryOperator<Stream<Integer>> limited) {
        add(method + ": the wait, until it is over", () -> world.inPaused(() -> {
            var inputs = new Inputs();
            var stream = world.polledInPaused(limited.apply(inputs.stream));
            return Scenario.of(stream.next()).leavesItsWaker().failingWith(Elapsed.class)
                    .wokenBy(() -> world.pass(TICK))
                    .losesNothing(outcome -> {
                        expect("elapsed", outcome.completed(), outcome.value() instanceof Elapsed);
                        inputs.give(1);
                        expect("element", 1, now("the element", stream.next()));
                    })
                    .finallyDo(stream::cancel);
        }));
        add(method + ": the wait, until there is something", () -> world.inPaused(() -> {
            var elements = new Inputs().through(limited::apply);
            var stream = world.polledInPaused(elements.stream());
            return new Elements<>(stream, elements.give(), elements.gifts(), elements.expected()).next(stream.next());
        }));
        add(method + ": the stream", () -> world.inPaused(() -> {
            var inputs = new Inputs();
            var stream = world.polledInPaused(limited.apply(inputs.stream));
            return new Elements<>(stream, inputs::give, 1, List.of()).ending(outcome -> {
                inputs.expectGivenUp();
                world.pass(TICK.multipliedBy(2));
            });
        }));
    }

    private void intervals() {
        add("Stream.from(Interval)", () -> world.inPaused(() -> {
            var ticks = world.polledInPaused(Stream.from(Interval.of(TICK)));
            now("the first tick", ticks.next());
            return Scenario.of(ticks.next()).leavesItsWaker().wokenBy(() -> world.pass(TICK)).losesNothing(outcome -> {
                if (outcome.provoked() > outcome.one()) {
                    now("the tick that was due", ticks.next());
                }
                notNow("another tick", ticks.next());
            }).finallyDo(ticks::cancel);
        }));
        add("Stream.from(DelayQueue)", () -> world.inPaused(() -> {
            var queue = new DelayQueue<String>();
            queue.insert("value", TICK);
            var stream = world.polledInPaused(Stream.from(queue));
            return Scenario.of(Polled.ending(stream)).wokenBy(() -> world.pass(TICK)).losesNothing(outcome -> {
                stream.cancel();
                world.pass(TICK.multipliedBy(2));
                expect("entries", 1 - outcome.one(), queue.size());
                if (!outcome.completed()) {
                    world.inPaused(() -> now("the entry", queue.next()));
                }
            });
        }));
        add("Stream.from(Interval): the stream", () -> world.inPaused(() -> {
            var ticks = world.polledInPaused(Stream.from(Interval.of(TICK)));
            now("the first tick", ticks.next());
            return Scenario.of(Polled.ending(ticks)).wokenBy(() -> world.pass(TICK)).losesNothing(outcome -> {
                ticks.cancel();
                world.pass(TICK.multipliedBy(2));
                expect("element", null, now("the end", ticks.next()));
            });
        }));
    }
}
