package dev.edo.impl.task.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Gate;
import dev.edo.impl.task.coroutine.Carriers;
import dev.edo.runtime.EdoRuntime;
import dev.edo.runtime.LocalRuntime;
import dev.edo.runtime.RuntimeFlavor;
import dev.edo.runtime.UnhandledPanic;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import dev.edo.task.LocalSpawner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LocalRuntimeTest {
    private interface Body {
        void run(LocalRuntime runtime) throws Exception;
    }

    private static void onThread(Body body) throws Exception {
        Eventually.<@Nullable Void>returns("the test", () -> {
            try (var runtime = LocalRuntime.create()) {
                body.run(runtime);
            }
            return null;
        });
    }

    @Test
    void allTasksRunOnItsThread() throws Exception {
        onThread(runtime -> {
            var here = Thread.currentThread();
            var threads = new ArrayList<Thread>();
            runtime.blockOn(() -> {
                var tasks = List.of(
                        runtime.spawnLocal(Future.lazy(Carriers::currentCarrier)),
                        runtime.spawnLocal(() -> {
                            Edo.sleep(Duration.ofMillis(1)).await();
                            return Carriers.currentCarrier();
                        }),
                        Edo.spawn(Future.lazy(Carriers::currentCarrier)),
                        Edo.spawnLocal(Future.lazy(() -> {
                            assertSame(runtime, LocalSpawner.current());
                            return Carriers.currentCarrier();
                        })));
                for (var task : tasks) {
                    threads.add(task.await());
                }
            });
            assertEquals(List.of(here, here, here, here), threads);
            assertEquals(RuntimeFlavor.CURRENT_THREAD, runtime.handle().flavor());
        });
    }

    /** The task that throws is a virtual thread: the others end on the owner's thread all the same, each as itself. */
    @Test
    void panicOfATaskInDirectStyleEndsTheOthersOnItsThread() throws Exception {
        Eventually.<@Nullable Void>returns("the test", () -> {
            try (var runtime = EdoRuntime.builder().currentThread().enableAll()
                    .unhandledPanic(UnhandledPanic.SHUTDOWN_RUNTIME).buildLocal()) {
                var ends = new ArrayList<Object>();
                var bystander = runtime.spawnLocal(new EndsHere(ends));
                runtime.spawnLocal(() -> {
                    throw new IllegalStateException("boom");
                });
                assertThrows(IllegalStateException.class, () -> runtime.blockOn(Future.<Integer>pending()));
                assertEquals(List.of(Thread.currentThread(), bystander.id()), ends);
            }
            return null;
        });
    }

    /** Other threads spawn and wait while the owner is away: nothing runs until the owner is back. */
    @Test
    void noOtherThreadRunsItsTasks() throws Exception {
        onThread(runtime -> {
            var here = Thread.currentThread();
            var handle = runtime.handle();
            var other = Thread.ofPlatform().daemon().unstarted(() -> {});
            var task = new ArrayList<JoinHandle<Thread>>();
            var spawned = new CountDownLatch(1);
            var result = new ArrayList<Thread>();
            other = Thread.ofPlatform().daemon().start(() -> {
                task.add(handle.spawn(Future.lazy(Carriers::currentCarrier)));
                spawned.countDown();
                try {
                    result.add(handle.blockOn(task.getFirst()));
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            Eventually.opened("the other thread has spawned", spawned);
            var waiter = other;
            Eventually.until("the other thread waits", () -> waiter.getState() == Thread.State.WAITING);
            assertFalse(task.getFirst().isFinished());
            runtime.blockOn(Edo.yieldNow().then(_ -> Edo.yieldNow()));
            other.join();
            assertEquals(List.of(here), result);
        });
    }

    @Test
    void closingCancelsTasksOnItsThread() throws Exception {
        var gate = new Gate<Integer>();
        var cancelledOn = new ArrayList<Thread>();
        var unwoundOn = new ArrayList<Thread>();
        var here = new ArrayList<Thread>();
        onThread(runtime -> {
            here.add(Thread.currentThread());
            runtime.spawnLocal(new Future<Integer>() {
                @Override
                public dev.edo.future.Poll<Integer> poll(dev.edo.future.Context cx) {
                    return gate.poll(cx);
                }

                @Override
                public void cancel() {
                    cancelledOn.add(Carriers.currentCarrier());
                }
            });
            runtime.spawnLocal(() -> {
                try {
                    return Future.<Integer>pending().await();
                } finally {
                    unwoundOn.add(Carriers.currentCarrier());
                }
            });
            runtime.blockOn(Edo.yieldNow().then(_ -> Edo.yieldNow()));
            runtime.shutdownBackground();
            assertEquals(here, cancelledOn);
            assertEquals(here, unwoundOn);
        });
    }

    /** What is spawned before anybody drives the runtime waits until its thread does. */
    @Test
    void guardOfItsThreadTakesLocalTasks() throws Exception {
        onThread(runtime -> {
            JoinHandle<Integer> local;
            JoinHandle<Integer> any;
            try (var _ = runtime.enter()) {
                local = Edo.spawnLocal(Edo.yieldNow().map(_ -> 5));
                any = Edo.spawn(Edo.yieldNow().map(_ -> 6));
            }
            var byObject = runtime.spawnLocal(Edo.yieldNow().map(_ -> 7));
            assertEquals(5, runtime.blockOn(local));
            assertEquals(6, runtime.blockOn(any));
            assertEquals(7, runtime.blockOn(byObject));
        });
    }

    /** Another thread may be inside the runtime, and spawn what goes to the owner's thread, but no local task. */
    @Test
    void guardOfAnotherThreadTakesNoLocalTasks() throws Exception {
        onThread(runtime -> {
            var handle = runtime.handle();
            var spawned = Eventually.returns("elsewhere", () -> {
                try (var _ = handle.enter()) {
                    assertTrue(failure(() -> Edo.spawnLocal(Future.ready(1))).contains("no LocalSet"));
                    return Edo.spawn(Future.ready(2));
                }
            });
            assertEquals(2, runtime.blockOn(spawned));
        });
    }

    @Test
    void otherRuntimesTakeNoLocalTasks() throws Exception {
        for (var builder : List.of(EdoRuntime.builder().currentThread(), EdoRuntime.builder().workerThreads(1))) {
            try (var runtime = builder.build()) {
                var text = failure(() -> runtime.blockOn(() -> Edo.spawnLocal(Future.ready(1))));
                assertTrue(text.contains("no LocalSet"));
                var inside = runtime.spawn(Future.lazy(() -> failure(() -> Edo.spawnLocal(Future.ready(1)))));
                assertTrue(runtime.blockOn(inside).contains("no LocalSet"));
            }
        }
    }

    @Test
    void misuseIsRefused() throws Exception {
        onThread(runtime -> {
            assertTrue(failure(() -> Eventually.returns("elsewhere", () -> runtime.spawnLocal(Future.ready(1))))
                    .contains("belongs to"));
            assertTrue(failure(() -> Eventually.returns("elsewhere", () -> runtime.blockOn(Future.ready(1))))
                    .contains("belongs to"));
            assertTrue(failure(() -> Eventually.<@Nullable Void>returns("elsewhere", () -> {
                runtime.close();
                return null;
            })).contains("belongs to"));
            assertTrue(failure(() -> runtime.blockOn(runtime::shutdownBackground)).contains("inside blockOn"));
            var closes = runtime.spawnLocal(Future.lazy(() -> {
                runtime.close();
                return 1;
            }));
            assertInstanceOf(IllegalStateException.class,
                    assertThrows(JoinError.class, () -> runtime.blockOn(closes)).getCause());
        });
        assertThrows(IllegalArgumentException.class, () -> EdoRuntime.builder().buildLocal());
        assertTrue(failure(() -> Eventually.<@Nullable Void>returns("virtual", Thread.ofVirtual(), () -> {
            LocalRuntime.create().close();
            return null;
        })).contains("whose carrier changes"));
        assertThrows(IllegalStateException.class, LocalSpawner::current);
    }

    private static String failure(org.junit.jupiter.api.function.Executable body) {
        return String.valueOf(assertThrows(IllegalStateException.class, body).getMessage());
    }

    /** Its thread may be lent: by a blocking job of another runtime, or by a task that has handed its worker off. */
    @Test
    void isClosedByTheJobThatMadeIt() throws Exception {
        try (var outer = EdoRuntime.builder().workerThreads(1).build()) {
            var job = outer.spawnBlocking(LocalRuntimeTest::useOne);
            assertEquals(3, Eventually.returns("the job", job::await));
            var task = outer.spawn(Future.<Integer>lazy(() -> Edo.blockInPlace(LocalRuntimeTest::useOne)));
            assertEquals(3, Eventually.returns("the task", task::await));
        }
    }

    private static int useOne() throws Exception {
        try (var runtime = LocalRuntime.create()) {
            return runtime.blockOn(runtime.spawnLocal(Future.ready(3)));
        }
    }

    @Test
    void spawnAfterShutdownComesBackCancelled() throws Exception {
        onThread(runtime -> {
            runtime.close();
            var task = runtime.spawnLocal(Future.ready(1));
            assertTrue(assertThrows(JoinError.class, task::await).isCancelled());
        });
    }
}
