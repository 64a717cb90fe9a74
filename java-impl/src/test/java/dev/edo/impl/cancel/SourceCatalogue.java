package dev.edo.impl.cancel;

import dev.edo.future.Future;
import dev.edo.impl.contract.Gate;
import dev.edo.io.BufReader;
import dev.edo.io.Io;
import dev.edo.stream.Stream;
import dev.edo.stream.Unfolded;
import dev.edo.sync.Broadcast;
import dev.edo.sync.Semaphore;
import dev.edo.sync.Watch;
import dev.edo.task.JoinSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** What streams come from: given up, an element that was not taken comes next, and what was owned is released. */
final class SourceCatalogue extends Catalogue {
    SourceCatalogue(RuntimeWorld world) {
        channels();
        publishers();
        tasks(world);
        bytes();
        futures();
        ready();
    }

    private void channels() {
        add("Stream.from(MpscReceiver): the wait", () -> {
            var elements = new Inputs().through(stream -> stream);
            return elements.next(elements.stream().next());
        });
        add("Stream.from(MpscReceiver): the stream", () -> {
            var inputs = new Inputs();
            return inputs.through(stream -> stream).ending(outcome -> inputs.expectGivenUp());
        });
        add("Stream.from(BroadcastReceiver): the wait", () -> {
            var channel = Broadcast.<Integer>channel(4);
            var stream = Stream.from(channel.receiver());
            return new Elements<>(stream, n -> channel.sender().send(n), 2, List.of(1, 2), true).next(stream.next());
        });
        add("Stream.from(BroadcastReceiver): the stream", () -> {
            var channel = Broadcast.<Integer>channel(4);
            var other = channel.sender().subscribe();
            var stream = Stream.from(channel.receiver());
            return new Elements<>(stream, n -> channel.sender().send(n), 1, List.of(1)).ending(outcome -> {
                expect("receivers", 1, channel.sender().receiverCount());
                other.close();
                expect("messages kept", 0, channel.sender().len());
            });
        });
        watch("Stream.from(WatchReceiver)", true);
        watch("Stream.fromChanges(WatchReceiver)", false);
    }

    private void watch(String method, boolean currentFirst) {
        add(method + ": the wait", () -> {
            var watch = Watch.channel(0);
            var stream = currentFirst ? Stream.from(watch.receiver()) : Stream.fromChanges(watch.receiver());
            if (currentFirst) {
                expect("the first one", 0, now("the first one", stream.next()));
            }
            return new Elements<>(stream, n -> watch.sender().send(n), 1, List.of(1), true).next(stream.next());
        });
        add(method + ": the stream", () -> {
            var watch = Watch.channel(0);
            var stream = currentFirst ? Stream.from(watch.receiver()) : Stream.fromChanges(watch.receiver());
            if (currentFirst) {
                expect("the first one", 0, now("the first one", stream.next()));
            }
            return new Elements<>(stream, n -> watch.sender().sendReplace(n), 1, List.of(1)).ending(
                    outcome -> expect("receivers", 0, watch.sender().receiverCount()));
        });
    }

    private void publishers() {
        publisher("Stream.from(Publisher)", Stream::from);
        publisher("Stream.from(Publisher, int)", publisher -> Stream.from(publisher, 1));
    }

    private void publisher(String method, Function<Publisher, Stream<Integer>> stream) {
        add(method + ": the wait", () -> {
            var publisher = new Publisher();
            var elements = stream.apply(publisher);
            return new Elements<>(elements, n -> publisher.give(), Inputs.ALL.size() + 1, Inputs.ALL)
                    .next(elements.next());
        });
        add(method + ": the stream", () -> {
            var publisher = new Publisher();
            return new Elements<>(stream.apply(publisher), n -> publisher.give(), Inputs.ALL.size() + 1, Inputs.ALL)
                    .ending(outcome -> expect("subscription left", true, publisher.isLeft()));
        });
    }

    private void tasks(RuntimeWorld world) {
        add("Stream.from(JoinSet): the wait", () -> {
            var gate = new Gate<String>();
            var set = new JoinSet<String>();
            set.spawnOn(world.handle(), gate);
            var stream = Stream.from(set).map(result -> {
                try {
                    return result.get();
                } catch (dev.edo.task.JoinError e) {
                    throw new AssertionError(e);
                }
            });
            return new Elements<>(stream, n -> gate.open("done"), 1, List.of("done")).next(stream.next());
        });
        add("Stream.from(JoinSet): the stream", () -> {
            var gate = new Gate<String>();
            var set = new JoinSet<String>();
            set.spawnOn(world.handle(), gate);
            return new Elements<>(Stream.from(set), n -> gate.open("done"), 1, List.of()).ending(
                    outcome -> expect("tasks", 0, set.size()));
        });
    }

    private void bytes() {
        bytes("Stream.from(Lines)", List.of("ab"), feed -> Stream.from(new BufReader<>(feed.reader()).lines()));
        bytes("Stream.from(Split)", List.of("ab"),
                feed -> Stream.from(new BufReader<>(feed.reader()).split((byte) '\n')));
        bytes("Io.stream(AsyncRead)", List.of("ab\n"), feed -> Io.stream(feed.reader()));
        bytes("Io.stream(AsyncRead, int)", List.of("ab\n"), feed -> Io.stream(feed.reader(), 9));
    }

    private void bytes(String method, List<String> expected, Function<Feed, Stream<?>> source) {
        add(method + ": the wait", () -> {
            var feed = new Feed("ab\n");
            return waiting(source.apply(feed), feed, expected);
        });
        add(method + ": the stream", () -> {
            var feed = new Feed("ab\n");
            return new Elements<>(source.apply(feed), feed::give, 2, expected).ending(outcome -> {
                if (!outcome.completed() && outcome.provoked() > 0) {
                    feed.expectRest(outcome, feed.reader());
                }
            });
        });
    }

    private static <T> Scenario waiting(Stream<T> stream, Feed feed, List<String> expected) {
        return new Elements<>(stream, feed::give, 2, expected).next(stream.next());
    }

    private void futures() {
        futures("Stream.generate(Supplier)", wait -> Stream.generate(() -> wait.get().map(done -> 1)));
        futures("Stream.unfold(Object, Function)", wait -> Stream.<Integer, Integer>unfold(
                0, state -> wait.get().map(done -> new Unfolded<>(1, state + 1))));
    }

    private void futures(String method, Function<Supplier<Future<String>>, Stream<Integer>> stream) {
        add(method + ": the wait", () -> {
            var semaphore = new Semaphore(0);
            var elements = stream.apply(() -> semaphore.acquire().map(permit -> {
                permit.forget();
                return "done";
            }));
            return new Elements<>(elements, n -> semaphore.addPermits(1), 2, List.of(1, 1), true)
                    .next(elements.next());
        });
        add(method + ": the stream", () -> {
            var gate = new Gate<String>();
            return new Elements<>(stream.apply(() -> gate), n -> gate.open("done"), 1, List.of(1)).ending(
                    outcome -> expect("cancelled", outcome.completed() || gate.polls() == 0 ? 0 : 1, gate.cancels()));
        });
    }

    /** Those that never wait: a wait that was given up has taken nothing. */
    private void ready() {
        ready("Stream.of(Object[])", () -> Stream.of(1, 2, 3, 4));
        ready("Stream.iter(Iterable)", () -> Stream.iter(Inputs.ALL));
        ready("Stream.iter(Iterator)", () -> Stream.iter(Inputs.ALL.iterator()));
        ready("Stream.iter(BaseStream)", () -> Stream.iter(Inputs.ALL.stream()));
        ready("Stream.once(Object)", () -> Stream.once(1));
        ready("Stream.empty()", Stream::empty);
        add("Stream.pending()", () -> {
            var inputs = new Inputs();
            var stream = inputs.stream.merge(Stream.pending());
            return new Elements<>(stream, inputs::give, Inputs.ALL.size(), Inputs.ALL, true).next(stream.next());
        });
    }

    private void ready(String method, Supplier<Stream<Integer>> source) {
        add(method, () -> {
            var expected = now("all", source.get().toList());
            var stream = source.get();
            return Scenario.of(stream.next()).losesNothing(outcome -> expect("elements left",
                    expected.subList(Math.min(outcome.one(), expected.size()), expected.size()),
                    now("the rest", stream.toList())));
        });
        add(method + ": the stream", () -> {
            var stream = source.get();
            return Scenario.of(Polled.ending(stream)).losesNothing(outcome -> {
                stream.cancel();
                expect("element after the end", null, now("the end", stream.next()));
            });
        });
    }
}
