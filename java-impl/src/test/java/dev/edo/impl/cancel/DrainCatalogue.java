package dev.edo.impl.cancel;

import dev.edo.future.Future;
import dev.edo.stream.Stream;
import dev.edo.stream.StreamMap;
import dev.edo.sync.Mpsc;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What takes many elements: borrowers leave the rest, owners give up the stream. */
final class DrainCatalogue extends Catalogue {
    DrainCatalogue() {
        borrower("Stream.all(Predicate)", false, stream -> stream.all(n -> n < 4));
        borrower("Stream.any(Predicate)", true, stream -> stream.any(n -> n == 4));
        owner("Stream.fold(Object, BiFunction)", 10, stream -> stream.fold(0, Integer::sum));
        owner("Stream.collect(Collector)", Inputs.ALL, stream -> stream.collect(Collectors.toList()));
        owner("Stream.toList()", Inputs.ALL, Stream::toList);
        owner("Stream.forEach(Consumer)", null, stream -> stream.forEach(n -> {}));
        maps();
    }

    private void borrower(String method, Object result, Function<Stream<Integer>, Future<?>> drain) {
        add(method, () -> {
            var inputs = new Inputs();
            return Scenario.of(drain.apply(inputs.stream)).leavesItsWaker().wokenAt(inputs::give).losesNothing(
                    outcome -> {
                        if (outcome.completed()) {
                            expect("result", result, outcome.value());
                        }
                        inputs.give(Inputs.ALL.size() + 1);
                        expect("elements left", Inputs.ALL.subList(outcome.seen(), outcome.provoked()),
                                now("the rest", inputs.stream.toList()));
                    });
        });
    }

    private void owner(
            String method, @Nullable Object result, Function<Stream<Integer>, Future<?>> drain) {
        add(method, () -> {
            var inputs = new Inputs();
            return Scenario.of(drain.apply(inputs.stream)).wokenAt(inputs::give).losesNothing(outcome -> {
                if (outcome.completed()) {
                    expect("result", result, outcome.value());
                } else {
                    inputs.expectGivenUp();
                }
            });
        });
    }

    /** Two channels in a map; a message comes into both at once. */
    private static final class Pair {
        private final Mpsc.Unbounded<Integer> one = Mpsc.unbounded();
        private final Mpsc.Unbounded<Integer> two = Mpsc.unbounded();
        private final StreamMap<String, Integer> map = new StreamMap<>();

        private Pair() {
            map.insert("one", Stream.from(one.receiver()));
            map.insert("two", Stream.from(two.receiver()));
        }

        private void send() throws Exception {
            Inputs.sendUnlessClosed(one, 1);
            Inputs.sendUnlessClosed(two, 2);
        }

        private Set<StreamMap.Entry<String, Integer>> rest() throws Exception {
            var entries = new HashSet<StreamMap.Entry<String, Integer>>();
            for (var entry = map.tryNext(); entry != null; entry = map.tryNext()) {
                expect("a new element", true, entries.add(entry));
            }
            return entries;
        }

        private Scenario taken(Future<?> take, List<StreamMap.Entry<String, Integer>> buffer) {
            return Scenario.of(take).leavesItsWaker().wokenBy(this::send).losesNothing(outcome -> {
                var all = rest();
                for (var entry : buffer) {
                    expect("a new element", true, all.add(entry));
                }
                expect("elements", 2 * outcome.provoked(), all.size());
                expect("streams", 2, map.size());
            });
        }
    }

    private void maps() {
        add("StreamMap.nextMany(Collection, int)", () -> {
            var pair = new Pair();
            var buffer = new ArrayList<StreamMap.Entry<String, Integer>>();
            return pair.taken(pair.map.nextMany(buffer, 9), buffer);
        });
        add("StreamMap.pollNextMany(Context, Collection, int)", () -> {
            var pair = new Pair();
            var buffer = new ArrayList<StreamMap.Entry<String, Integer>>();
            return pair.taken(Polled.of(cx -> pair.map.pollNextMany(cx, buffer, 1), waker -> {}), buffer);
        });
        add("Stream.next(): of a StreamMap", () -> {
            var pair = new Pair();
            var buffer = new ArrayList<StreamMap.Entry<String, Integer>>();
            return pair.taken(pair.map.next().map(buffer::add), buffer);
        });
        add("StreamMap.pollNext(Context)", () -> {
            var pair = new Pair();
            return Scenario.of(Polled.ending(pair.map)).wokenBy(pair::send).losesNothing(outcome -> {
                pair.map.cancel();
                expect("streams", 0, pair.map.size());
                expect("closed", true, pair.one.receiver().isClosed() && pair.two.receiver().isClosed());
            });
        });
    }
}
