package dev.edo.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * A combinator may be given up after any number of polls, whatever its branches have come to by then: exactly
 * those that were started or waiting and have not ended are cancelled, each once, and nobody is polled again.
 */
class CancelAtEveryPollTest {
    private static final int MOST_POLLS = 6;

    private final Context cx = new CountingWaker().context();

    /** Makes a combinator of branches that it takes from this source, which remembers them. */
    private static final class Branches {
        private final List<Script<?>> all = new ArrayList<>();

        private <S extends Script<?>> S add(S script) {
            all.add(script);
            return script;
        }

        Script<Integer> completes(int atPoll) {
            return add(Script.completes(atPoll, atPoll));
        }

        Script<String> fails(int atPoll) {
            return add(Script.fails(atPoll, new IOException("at poll " + atPoll)));
        }
    }

    private void cancelAtEveryPoll(Function<Branches, Future<?>> combinator) {
        for (int polls = 0; polls <= MOST_POLLS; polls++) {
            var branches = new Branches();
            var future = combinator.apply(branches);
            for (int i = 0; i < polls && !ends(future); i++) {
                // goes on until it has ended or was polled as often as this round wants
            }
            future.cancel();
            future.cancel();
            for (var branch : branches.all) {
                assertEquals(branch.ended() ? 0 : 1, branch.cancels(), "cancels after " + polls + " polls");
            }
            assertThrows(IllegalStateException.class, () -> future.poll(cx), "after " + polls + " polls");
        }
    }

    private boolean ends(Future<?> future) {
        try {
            return future.poll(cx).isReady();
        } catch (Exception e) {
            assertEquals(IOException.class, e.getClass());
            return true;
        }
    }

    @Test
    void map() {
        cancelAtEveryPoll(b -> b.completes(3).map(x -> x));
        cancelAtEveryPoll(b -> b.fails(3).map(x -> x));
    }

    @Test
    void then() {
        cancelAtEveryPoll(b -> b.completes(3).then(x -> b.completes(3)));
        cancelAtEveryPoll(b -> b.completes(3).then(x -> b.fails(2)));
        cancelAtEveryPoll(b -> b.fails(2).then(x -> b.completes(2)));
    }

    @Test
    void of() {
        cancelAtEveryPoll(b -> Future.of(b.completes(3)));
        cancelAtEveryPoll(b -> Future.of(b.fails(3)));
    }

    @Test
    void select() {
        cancelAtEveryPoll(b -> Select.of(b.completes(4), b.completes(3), b.completes(5)));
        cancelAtEveryPoll(b -> Select.of(b.completes(3), b.completes(3)).biased());
        cancelAtEveryPoll(b -> Select.of(b.completes(4), b.fails(3)));
        cancelAtEveryPoll(b -> Select.any(List.of(b.completes(4), b.completes(2))));
    }

    @Test
    void join() {
        cancelAtEveryPoll(b -> Join.of(b.completes(4), b.completes(1), b.completes(3)));
        cancelAtEveryPoll(b -> Join.of(b.completes(4), b.fails(2), b.fails(3)));
        cancelAtEveryPoll(b -> Join.all(List.of(b.completes(2), b.completes(3))));
    }

    @Test
    void try_join() {
        cancelAtEveryPoll(b -> Join.tryOf(b.completes(4), b.completes(1), b.completes(3)));
        cancelAtEveryPoll(b -> Join.tryOf(b.completes(1), b.fails(3), b.completes(5)));
        cancelAtEveryPoll(b -> Join.tryAll(List.of(b.completes(2), b.completes(3))));
    }

    @Test
    void nested() {
        cancelAtEveryPoll(b -> Select.of(
                Join.of(b.completes(2), b.completes(5)),
                b.completes(4).then(x -> b.completes(3)),
                Select.of(b.completes(6), b.fails(6)).map(x -> x)));
    }
}
