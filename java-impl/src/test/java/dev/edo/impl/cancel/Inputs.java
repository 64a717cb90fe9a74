package dev.edo.impl.cancel;

import dev.edo.stream.Stream;
import dev.edo.sync.Mpsc;
import dev.edo.sync.MpscSendError;
import java.util.List;
import java.util.function.Function;

/** A stream of numbers that come one by one, and then its end. */
final class Inputs {
    /** What comes. */
    static final List<Integer> ALL = List.of(1, 2, 3, 4);

    private final Mpsc.Unbounded<Integer> channel = Mpsc.unbounded();
    final Stream<Integer> stream = Stream.from(channel.receiver());

    /** Gives the n-th number; after the last one the end. */
    void give(int n) throws Exception {
        if (n > ALL.size()) {
            channel.sender().close();
        } else {
            sendUnlessClosed(channel, ALL.get(n - 1));
        }
    }

    /** Sends, unless the receiver was given up, maybe in this very moment. */
    static void sendUnlessClosed(Mpsc.Unbounded<Integer> channel, int message) throws MpscSendError {
        try {
            channel.sender().send(message);
        } catch (MpscSendError e) {
            if (!channel.receiver().isClosed()) {
                throw e;
            }
        }
    }

    void expectGivenUp() {
        Catalogue.expect("the receiver is closed", true, channel.receiver().isClosed());
    }

    /** What a combinator gives when nobody gives up. */
    <T> Elements<T> through(Function<Stream<Integer>, Stream<T>> combinator) throws Exception {
        var expected = Catalogue.now("all", combinator.apply(Stream.iter(ALL)).toList());
        return new Elements<>(combinator.apply(stream), this::give, ALL.size() + 1, expected);
    }
}
