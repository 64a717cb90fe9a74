package dev.edo.impl.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.edo.Edo;
import dev.edo.future.Select;
import dev.edo.future.Selected2;
import dev.edo.future.Selected3;
import dev.edo.impl.contract.Setup;
import dev.edo.sync.Mpsc;
import dev.edo.sync.Oneshot;
import dev.edo.task.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Selects in loops, whose branches go on from one to the next, as programs have them. */
@Timeout(60)
class SelectLoopTest {
    /** On the thread inside {@code blockOn}, and in a task. */
    private static void in(Setup setup, Action body) throws Exception {
        try (var runtime = setup.builder().build()) {
            runtime.blockOn(body);
            runtime.blockOn(runtime.spawn(body));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLoopOverTwoChannelsEndsWhenBothHave(Setup setup) throws Exception {
        in(setup, () -> {
            var first = Mpsc.<Integer>unbounded();
            var second = Mpsc.<Integer>unbounded();
            var sender = Edo.spawn(() -> {
                second.sender().send(1);
                Edo.yieldNow().await();
                first.sender().send(2);
                Edo.yieldNow().await();
                second.sender().send(3);
                Edo.yieldNow().await();
                first.sender().close();
                second.sender().close();
            });
            var received = new ArrayList<Integer>();
            for (boolean more = true; more; ) {
                var next = Select.of(
                                Select.matching(first.receiver().recv(), Objects::nonNull),
                                Select.matching(second.receiver().recv(), Objects::nonNull))
                        .orElse(null)
                        .await();
                switch (next) {
                    case Selected2.First(var message) -> received.add(message);
                    case Selected2.Second(var message) -> received.add(message);
                    case null -> more = false;
                }
            }
            assertEquals(Set.of(1, 2, 3), Set.copyOf(received));
            assertEquals(3, received.size());
            sender.await();
        });
    }

    /** Both are there; which one wins is random, and the value of the other must not be lost. */
    @ParameterizedTest
    @EnumSource
    void aLoserThatWasKeptStillHasItsValue(Setup setup) throws Exception {
        in(setup, () -> {
            for (int i = 0; i < 50; i++) {
                var first = Oneshot.<Integer>channel();
                var second = Oneshot.<Integer>channel();
                first.sender().send(1);
                second.sender().send(2);
                switch (Select.of(Select.keep(first.receiver()), Select.keep(second.receiver())).await()) {
                    case Selected2.First(var value) -> {
                        assertEquals(1, value);
                        assertEquals(2, second.receiver().await());
                    }
                    case Selected2.Second(var value) -> {
                        assertEquals(2, value);
                        assertEquals(1, first.receiver().await());
                    }
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aJoinByHandLeavesOutWhatIsDone(Setup setup) throws Exception {
        in(setup, () -> {
            var first = Oneshot.<Integer>channel();
            var second = Oneshot.<Integer>channel();
            var joined = Edo.spawn(() -> {
                Integer a = null;
                Integer b = null;
                while (a == null || b == null) {
                    switch (Select.of(
                                    Select.when(a == null, () -> Select.keep(first.receiver())),
                                    Select.when(b == null, () -> Select.keep(second.receiver())))
                            .await()) {
                        case Selected2.First(var value) -> a = value;
                        case Selected2.Second(var value) -> b = value;
                    }
                }
                return List.of(a, b);
            });
            Edo.yieldNow().await();
            first.sender().send(123);
            Edo.yieldNow().await();
            second.sender().send(456);
            assertEquals(List.of(123, 456), joined.await());
        });
    }

    /** The first and second branch are ready at their second poll only, when the third has won already. */
    @ParameterizedTest
    @EnumSource
    void ofBiasedBranchesTheFirstThatIsReadyWinsEachTime(Setup setup) throws Exception {
        in(setup, () -> {
            var first = Edo.yieldNow();
            var second = Edo.yieldNow();
            var third = Edo.sleep(Duration.ZERO);
            var order = new ArrayList<String>();
            @Nullable Selected3<?, ?, ?> won;
            do {
                won = Select.of(
                                Select.when(!order.contains("first"), () -> Select.keep(first)),
                                Select.when(!order.contains("second"), () -> Select.keep(second)),
                                Select.when(!order.contains("third"), () -> Select.keep(third)))
                        .biased()
                        .orElse(null)
                        .await();
                switch (won) {
                    case Selected3.First<?, ?, ?> _ -> order.add("first");
                    case Selected3.Second<?, ?, ?> _ -> order.add("second");
                    case Selected3.Third<?, ?, ?> _ -> order.add("third");
                    case null -> { }
                }
            } while (won != null);
            assertEquals(List.of("third", "first", "second"), order);
            assertNull(won);
        });
    }
}
