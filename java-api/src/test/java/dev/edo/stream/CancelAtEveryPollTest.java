package dev.edo.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A stream may be given up after any number of polls: every source that has not ended is cancelled, and the
 * stream has ended. And the wait for each single element may be given up after any number of polls: no
 * element is lost then.
 */
class CancelAtEveryPollTest {
    private static final int MOST_POLLS = 12;

    private final CountingWaker waker = new CountingWaker();

    /** Alternates between an element and a wait that is over at once; some of its polls fail. */
    private static final class Stuttering implements Stream<Integer> {
        private final int elements;
        private int polls;
        private int given;
        private boolean cancelled;

        Stuttering(int elements) {
            this.elements = elements;
        }

        @Override
        public @Nullable Integer pollNext(Context cx) throws IOException {
            if (isTerminated()) {
                return null;
            }
            return switch (polls++ % 4) {
                case 0, 2 -> {
                    cx.waker().wake();
                    yield null;
                }
                case 1 -> ++given > elements ? null : given;
                default -> throw new IOException("poll " + polls);
            };
        }

        @Override
        public boolean isTerminated() {
            return cancelled || given > elements;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        boolean wasReleased() {
            return cancelled || given > elements;
        }
    }

    private void cancelAtEveryPoll(BiFunction<Stuttering, Stuttering, Stream<?>> combinator)
            throws Exception {
        for (int polls = 0; polls <= MOST_POLLS; polls++) {
            var first = new Stuttering(4);
            var second = new Stuttering(3);
            var stream = combinator.apply(first, second);
            for (int i = 0; i < polls && !stream.isTerminated(); i++) {
                poll(stream);
            }
            stream.cancel();
            stream.cancel();
            assertTrue(first.wasReleased(), "first, after " + polls + " polls");
            assertTrue(second.wasReleased() || second.polls == 0, "second, after " + polls + " polls");
            assertTrue(stream.isTerminated());
            assertNull(stream.pollNext(waker.context()));
            assertTrue(stream.isTerminated());
        }
    }

    private @Nullable Object poll(Stream<?> stream) {
        try {
            return stream.pollNext(waker.context());
        } catch (Exception e) {
            assertEquals(IOException.class, e.getClass());
            return null;
        }
    }

    @Test
    void combinators() throws Exception {
        cancelAtEveryPoll((a, b) -> a.map(x -> x));
        cancelAtEveryPoll((a, b) -> a.filter(x -> x % 2 == 0));
        cancelAtEveryPoll((a, b) -> a.filterMap(x -> x));
        cancelAtEveryPoll((a, b) -> a.mapWhile(x -> x < 3 ? x : null));
        cancelAtEveryPoll((a, b) -> a.take(2));
        cancelAtEveryPoll((a, b) -> a.take(0));
        cancelAtEveryPoll((a, b) -> a.takeWhile(x -> x < 3));
        cancelAtEveryPoll((a, b) -> a.skip(2));
        cancelAtEveryPoll((a, b) -> a.skipWhile(x -> x < 3));
        cancelAtEveryPoll(Stuttering::chain);
        cancelAtEveryPoll(Stuttering::merge);
        cancelAtEveryPoll((a, b) -> a.fuse());
        cancelAtEveryPoll((a, b) -> a.peekable());
        cancelAtEveryPoll((a, b) -> a.notifyClose());
        cancelAtEveryPoll((a, b) -> a.throttle(java.time.Duration.ZERO));
        cancelAtEveryPoll((a, b) -> {
            var map = new StreamMap<String, Integer>();
            map.insert("a", a);
            map.insert("b", b);
            return map;
        });
        cancelAtEveryPoll((a, b) -> a.map(x -> x).chain(b.filter(x -> true)).take(5).fuse());
    }

    @Test
    void theFutureOfThen() throws Exception {
        for (int polls = 0; polls <= MOST_POLLS; polls++) {
            var source = new Stuttering(4);
            var futures = new ArrayList<SlowFuture>();
            var stream = source.then(x -> {
                futures.add(new SlowFuture(x));
                return futures.getLast();
            });
            for (int i = 0; i < polls; i++) {
                poll(stream);
            }
            stream.cancel();
            assertTrue(source.wasReleased());
            for (var future : futures) {
                assertTrue(future.polls == 3 ^ future.cancels == 1, "after " + polls + " polls");
            }
        }
    }

    /** Ready at its third poll. */
    private static final class SlowFuture implements Future<Integer> {
        private final int value;
        private int polls;
        private int cancels;

        SlowFuture(int value) {
            this.value = value;
        }

        @Override
        public Poll<Integer> poll(Context cx) {
            return ++polls == 3 ? Poll.ready(value) : Poll.pending();
        }

        @Override
        public void cancel() {
            cancels++;
        }
    }

    /** Each wait is given up after none to three polls and begun anew, as a select in a loop does. */
    private void losesNothing(Function<Stream<Integer>, Stream<Integer>> combinator) throws Exception {
        for (int patience = 1; patience <= 3; patience++) {
            var stream = combinator.apply(new Stuttering(4));
            var seen = new ArrayList<Integer>();
            for (int rounds = 0; rounds < 200 && !stream.isTerminated(); rounds++) {
                var next = stream.next();
                try {
                    for (int polls = 0; polls < patience; polls++) {
                        if (next.poll(waker.context()) instanceof Poll.Ready<Integer>(var element)) {
                            if (element != null) {
                                seen.add(element);
                            }
                            break;
                        }
                    }
                } catch (IOException e) {
                    // one of the failures of the source
                }
                next.cancel();
            }
            assertEquals(List.of(1, 2, 3, 4), seen, "patience=" + patience);
        }
    }

    @Test
    void aWaitThatIsGivenUpLosesNoElement() throws Exception {
        losesNothing(s -> s.map(x -> x));
        losesNothing(s -> s.filter(x -> true));
        losesNothing(s -> s.then(SlowFuture::new));
        losesNothing(s -> s.skip(0).take(4));
        losesNothing(s -> s.merge(Stream.empty()));
        losesNothing(s -> s.chain(Stream.empty()));
        losesNothing(Stream::peekable);
        losesNothing(s -> {
            var map = new StreamMap<String, Integer>();
            map.insert("s", s);
            return map.map(StreamMap.Entry::element);
        });
    }
}
