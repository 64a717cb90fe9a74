package dev.edo.impl.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Gate;
import dev.edo.impl.contract.Style;
import dev.edo.sync.Mutex;
import dev.edo.sync.RwLock;
import dev.edo.task.JoinHandle;
import dev.edo.time.Elapsed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@link Mutex} and {@link RwLock} between tasks of both styles and plain threads. */
@Timeout(120)
class LocksInRuntimeTest extends InEveryRuntime {
    private static final int TASKS = 40;
    private static final int TURNS = 50;

    /** Two numbers that are equal whenever nobody writes. */
    private record Pair(int left, int right) {
        Pair next() {
            return new Pair(left + 1, right + 1);
        }
    }

    private JoinHandle<Integer> counting(Style which, Mutex<Integer> counter) {
        return which.spawn(handle, () -> new Repeating(TURNS, () -> counter.lock().then(guard -> {
            int found = guard.get();
            return Edo.yieldNow().map(_ -> { // everybody else runs meanwhile, with the lock taken
                try (guard) {
                    guard.set(found + 1);
                    return found;
                }
            });
        })));
    }

    @Test
    void tasks_of_both_styles_and_threads_exclude_each_other() throws Exception {
        var counter = new Mutex<>(0);
        var tasks = new ArrayList<JoinHandle<Integer>>();
        for (int i = 0; i < TASKS; i++) {
            tasks.add(counting(Style.values()[i % 2], counter));
        }
        Eventually.returns("a thread beside the tasks", () -> {
            for (int i = 0; i < TURNS; i++) {
                try (var guard = counter.blockingLock()) {
                    guard.set(guard.get() + 1);
                }
            }
            return null;
        });
        resultsOf(tasks);
        try (var guard = counter.blockingLock()) {
            assertEquals((TASKS + 1) * TURNS, guard.get());
        }
        assertFalse(counter.isLocked());
    }

    @Test
    void a_task_that_is_aborted_under_the_lock_unlocks() throws Exception {
        var mutex = Mutex.create();
        var gate = new Gate<@Nullable Void>();
        var holder = style == Style.STACKLESS
                ? handle.spawn(new Holding(mutex.lock(), gate))
                : handle.spawn(() -> {
                    try (var _ = mutex.lock().await()) {
                        return gate.await();
                    }
                });
        Eventually.opened("the task to hold the lock", gate.waiting);
        holder.abort();
        assertTrue(failureOf(holder).isCancelled());
        mutex.blockingLock().close();
    }

    @Test
    void a_wait_that_took_too_long_leaves_the_queue() throws Exception {
        var mutex = Mutex.create();
        try (var _ = mutex.blockingLock()) {
            var waiter = style.spawn(handle, () -> mutex.lock().timeout(Duration.ofMillis(1)));
            assertInstanceOf(Elapsed.class, failureOf(waiter).getCause());
            assertTrue(mutex.isLocked());
        }
        assertFalse(mutex.isLocked());
    }

    @Test
    void a_stackless_task_must_not_block_for_a_lock() throws Exception {
        var mutex = Mutex.create();
        var lock = new RwLock<>(1);
        var attempts = List.<Future<?>>of(
                Future.lazy(mutex::blockingLock),
                Future.lazy(lock::blockingRead),
                Future.lazy(lock::blockingWrite));
        for (var blocking : attempts) {
            assertInstanceOf(IllegalStateException.class, failureOf(handle.spawn(blocking)).getCause());
        }
        assertFalse(mutex.isLocked());
        lock.blockingWrite().close();
    }

    @Test
    void readers_never_see_half_of_what_a_writer_does() throws Exception {
        var lock = new RwLock<>(new Pair(0, 0), 8);
        var readers = new ArrayList<JoinHandle<Integer>>();
        var writers = new ArrayList<JoinHandle<Integer>>();
        for (int i = 0; i < TASKS / 2; i++) {
            var which = Style.values()[i % 2];
            readers.add(which.spawn(handle, () -> new Repeating(TURNS, () -> lock.read().map(guard -> {
                try (guard) {
                    assertEquals(guard.get().left(), guard.get().right());
                    return guard.get();
                }
            }))));
            writers.add(which.spawn(handle, () -> new Repeating(TURNS, () -> lock.write().then(guard -> {
                var found = guard.get();
                guard.set(new Pair(found.left() + 1, found.right()));
                return Edo.yieldNow().map(_ -> {
                    guard.set(found.next());
                    try (var reading = guard.downgrade()) {
                        return reading.get();
                    }
                });
            }))));
        }
        resultsOf(readers);
        resultsOf(writers);
        try (var guard = lock.blockingRead()) {
            assertEquals(new Pair(TASKS / 2 * TURNS, TASKS / 2 * TURNS), guard.get());
        }
    }

    @Test
    void a_writer_gets_its_turn_though_readers_keep_coming() throws Exception {
        var lock = new RwLock<>("old");
        var stop = new CountDownLatch(1);
        var readers = new ArrayList<JoinHandle<Integer>>();
        for (int i = 0; i < 4; i++) { // two of them always overlap, so that the lock is hardly ever free
            readers.add(style.spawn(handle, () -> new Repeating(Integer.MAX_VALUE, () -> {
                if (stop.getCount() == 0) {
                    throw new IllegalStateException("stopped");
                }
                return lock.read().then(guard -> Edo.yieldNow().map(_ -> {
                    guard.close();
                    return guard;
                }));
            })));
        }
        Eventually.returns("the writer", () -> {
            try (var guard = lock.blockingWrite()) {
                guard.set("new");
            }
            return null;
        });
        stop.countDown();
        for (var reader : readers) {
            assertTrue(failureOf(reader).isPanic());
        }
        try (var guard = lock.blockingRead()) {
            assertEquals("new", guard.get());
        }
    }
}
