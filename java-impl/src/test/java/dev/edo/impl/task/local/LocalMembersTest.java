package dev.edo.impl.task.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Join;
import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Gate;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.contract.Style;
import dev.edo.impl.task.coroutine.Carriers;
import dev.edo.task.JoinResult;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sets, maps and queues of local tasks, wherever local tasks may live. */
@ParameterizedClass(name = "{0} {1} {2}")
@MethodSource("matrix")
class LocalMembersTest {
    private static final int TASKS = 8;

    @Parameter(0)
    Members.Kind kind = Members.Kind.SET;

    @Parameter(1)
    LocalPlace place = LocalPlace.LOCAL_RUNTIME;

    @Parameter(2)
    Style style = Style.DIRECT;

    static Stream<Arguments> matrix() {
        return Arrays.stream(Members.Kind.values()).flatMap(kind -> Arrays.stream(LocalPlace.values())
                .flatMap(place -> Arrays.stream(Style.values()).map(style -> Arguments.of(kind, place, style))));
    }

    private interface Body {
        void run(Members members, LocalPlace.Driver driver, ObjIntConsumer<Future<Integer>> spawnOn) throws Exception;
    }

    /** The spawner is one that names the place, for use outside of it. */
    private void onThread(Body body) throws Exception {
        Eventually.<@Nullable Void>returns("the test", () -> {
            place.run((local, driver) -> {
                var members = kind.create(style);
                body.run(members, driver, (future, number) -> members.spawnLocalOn(local, number, future));
            });
            return null;
        });
    }

    /** Its number, after a while, from a task on the thread of the place. */
    private static Future<Integer> number(Thread here, int number) {
        return Edo.yieldNow().map(_ -> {
            assertEquals(here, Carriers.currentCarrier());
            return number;
        });
    }

    /** Takes all of them and notes their numbers. */
    private static Future<BitSet> drain(Members members) {
        var seen = new BitSet();
        return new Future<>() {
            private Future<@Nullable JoinResult<Integer>> next = members.joinNext();

            @Override
            public Poll<BitSet> poll(Context cx) throws Exception {
                while (next.poll(cx) instanceof Poll.Ready(var result)) {
                    if (result == null) {
                        return Poll.ready(seen);
                    }
                    seen.set(result.get());
                    next = members.joinNext();
                }
                return Poll.pending();
            }
        };
    }

    private static void assertAllSeen(BitSet seen, Members members) {
        assertEquals(TASKS, seen.cardinality());
        assertEquals(0, members.size());
    }

    @Test
    void spawnedInsideTheyAreJoined() throws Exception {
        onThread((members, driver, _) -> {
            var here = Thread.currentThread();
            var seen = driver.blockOn(Future.<Future<BitSet>>lazy(() -> {
                IntStream.range(0, TASKS).forEach(i -> members.spawnLocal(i, number(here, i)));
                assertNull(members.tryJoinNext(), "none has run yet");
                return drain(members);
            }).then(made -> made));
            assertAllSeen(seen, members);
        });
    }

    @Test
    void spawnedFromOutsideTheyAreJoined() throws Exception {
        onThread((members, driver, spawnOn) -> {
            var here = Thread.currentThread();
            IntStream.range(0, TASKS).forEach(i -> spawnOn.accept(number(here, i), i));
            assertNull(members.tryJoinNext(), "nobody drives them");
            assertAllSeen(driver.blockOn(drain(members)), members);
        });
    }

    private static List<Gate<Integer>> gates() {
        return IntStream.range(0, TASKS).mapToObj(_ -> new Gate<Integer>()).toList();
    }

    private static Future<List<@Nullable Void>> allCancelled(List<Gate<Integer>> gates) {
        return Join.all(gates.stream().map(gate -> Future.<@Nullable Void>of(cx -> {
            if (gate.cancelled.getCount() == 0) {
                return Poll.ready(null);
            }
            cx.waker().wake();
            return Poll.pending();
        })).toList());
    }

    @Test
    void shutdownAbortsThemAndWaits() throws Exception {
        onThread((members, driver, _) -> {
            var gates = gates();
            driver.blockOn(Future.<Future<@Nullable Void>>lazy(() -> {
                IntStream.range(0, TASKS).forEach(i -> members.spawnLocal(i, gates.get(i)));
                assertNull(members.tryJoinNext());
                return allWaiting(gates).then(_ -> members.shutdown());
            }).then(made -> made));
            assertEquals(0, members.size());
            gates.forEach(gate -> assertEquals(1, gate.cancels()));
        });
    }

    /** They were spawned from outside and have never run: some never do, but all end. */
    @Test
    void shutdownOfWhatHasNotRunYet() throws Exception {
        onThread((members, driver, spawnOn) -> {
            var gates = gates();
            IntStream.range(0, TASKS).forEach(i -> spawnOn.accept(gates.get(i), i));
            assertNull(members.tryJoinNext());
            driver.blockOn(members.shutdown());
            assertEquals(0, members.size());
            gates.forEach(gate -> assertEquals(0, gate.polls()));
        });
    }

    private static Future<@Nullable Void> allWaiting(List<Gate<Integer>> gates) {
        return Future.of(cx -> {
            if (gates.stream().allMatch(gate -> gate.polls() > 0)) {
                return Poll.ready(null);
            }
            cx.waker().wake();
            return Poll.pending();
        });
    }

    @Test
    void closedInsideTheyAreAborted() throws Exception {
        onThread((members, driver, _) -> {
            var gates = gates();
            driver.blockOn(Future.<Future<@Nullable Void>>lazy(() -> {
                IntStream.range(0, TASKS).forEach(i -> members.spawnLocal(i, gates.get(i)));
                return allWaiting(gates);
            }).then(made -> made).then(_ -> {
                members.close();
                assertEquals(0, members.size());
                return allCancelled(gates);
            }));
            gates.forEach(gate -> assertEquals(1, gate.cancels()));
        });
    }

    /** Nobody drives the tasks when they are aborted: they are told when somebody does. */
    @Test
    void closedFromOutsideTheyAreAborted() throws Exception {
        onThread((members, driver, spawnOn) -> {
            var gates = gates();
            IntStream.range(0, TASKS).forEach(i -> spawnOn.accept(gates.get(i), i));
            driver.blockOn(allWaiting(gates));
            members.close();
            gates.forEach(gate -> assertEquals(0, gate.cancels()));
            driver.blockOn(allCancelled(gates));
            gates.forEach(gate -> assertEquals(1, gate.cancels()));
        });
    }

    @Test
    void closedBeforeTheyRanTheyNeverRun() throws Exception {
        onThread((members, driver, spawnOn) -> {
            var gates = gates();
            IntStream.range(0, TASKS).forEach(i -> spawnOn.accept(gates.get(i), i));
            members.close();
            assertEquals(0, members.size());
            driver.blockOn(Edo.yieldNow().then(_ -> Edo.yieldNow()));
            gates.forEach(gate -> assertEquals(0, gate.polls()));
        });
    }

    @Test
    void whereThereAreNoLocalTasksTheyAreNotSpawned() throws Exception {
        var members = kind.create(style);
        var outside = assertThrows(IllegalStateException.class, () -> members.spawnLocal(0, Future.ready(1)));
        var message = String.valueOf(outside.getMessage());
        assertTrue(message.contains("no LocalSet and no LocalRuntime on this thread"), message);
        for (var setup : List.of(Setup.CURRENT_THREAD, Setup.TWO_WORKERS)) {
            try (var runtime = setup.builder().build()) {
                var inside = runtime.blockOn(() -> assertThrows(
                        IllegalStateException.class, () -> members.spawnLocal(0, Future.ready(1))));
                assertEquals(message, inside.getMessage());
                var inTask = runtime.blockOn(style.run(runtime.handle(), () -> assertThrows(
                        IllegalStateException.class, () -> members.spawnLocal(0, Future.ready(1)))));
                assertEquals(message, inTask.getMessage());
            }
        }
        assertEquals(0, members.size());
    }
}
