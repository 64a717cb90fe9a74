package dev.edo.impl.scheduler.multithread;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edo.impl.contract.Eventually;
import dev.edo.impl.scheduler.Schedulable;
import dev.edo.impl.scheduler.ThreadContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks that yield: where they wait, and who is woken for them. */
@Timeout(60)
class YieldTest extends WithWorkers {
    /** What a turn does; gets the task and the worker that runs it. */
    private static Schedulable task(BiConsumer<Schedulable, Worker> turn) {
        return new Schedulable() {
            @Override
            public int run(ThreadContext context, int budget) {
                var worker = context.worker;
                if (worker == null) {
                    throw new AssertionError("run without a worker");
                }
                turn.accept(this, worker);
                return budget;
            }
        };
    }

    /** Its worker takes it up again at once: one that was woken for it could only take it away. */
    @Test
    void aTaskThatYieldsAloneWakesNobody() throws Exception {
        var shared = start(2);
        var turns = new CountDownLatch(10_000);
        var runners = new CopyOnWriteArrayList<Integer>();
        shared.schedule(task((task, worker) -> {
            if (!runners.contains(worker.index())) {
                runners.add(worker.index());
            }
            turns.countDown();
            if (turns.getCount() > 0) {
                worker.yieldNow(task);
            }
        }));
        Eventually.opened("all turns were taken", turns);
        assertEquals(1, runners.size(), "workers that ran it: " + runners);
    }

    /** Now and then it is not the LIFO slot's turn: the one that was woken is alone in the queue then, and next. */
    @Test
    void twoTasksThatWakeEachOtherWakeNobodyElse() throws Exception {
        var shared = start(2);
        var turns = new CountDownLatch(10_000);
        var runners = new CopyOnWriteArrayList<Integer>();
        var pair = new Schedulable[2];
        for (int i = 0; i < 2; i++) {
            int other = 1 - i;
            pair[i] = task((_, worker) -> {
                if (!runners.contains(worker.index())) {
                    runners.add(worker.index());
                }
                turns.countDown();
                if (turns.getCount() > 0) {
                    worker.schedule(pair[other]);
                }
            });
        }
        shared.schedule(pair[0]);
        Eventually.opened("all turns were taken", turns);
        assertEquals(1, runners.size(), "workers that ran them: " + runners);
    }

    /** Where the slot was switched off so that another worker takes what is woken, one is woken for it. */
    @Test
    void withoutTheLifoSlotAWakeUpWakesTheOtherWorker() throws Exception {
        var shared = start(2, false);
        var together = new CountDownLatch(2);
        BiConsumer<Schedulable, Worker> meet = (_, _) -> together.countDown();
        shared.schedule(task((_, worker) -> {
            worker.schedule(task(meet));
            together.countDown();
            try {
                together.await(); // the worker is busy: another one has to take what it woke
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }));
        Eventually.opened("the other worker ran it", together);
    }

    /** Two that yield are one more than their worker runs at a time; the first turns of both wait for each other. */
    @Test
    void aTaskThatYieldsBesideAnotherWakesTheOtherWorker() throws Exception {
        var shared = start(2);
        var together = new CountDownLatch(2);
        var done = new CountDownLatch(2);
        BiConsumer<Schedulable, Worker> meet = (_, _) -> {
            together.countDown();
            try {
                together.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            done.countDown();
        };
        shared.schedule(task((_, worker) -> {
            worker.yieldNow(task(meet));
            worker.yieldNow(task(meet));
        }));
        Eventually.opened("both workers ran one", done);
    }

    /**
     * A deferred waker is woken when the drivers were looked at. A task that yields to them comes after it, a task
     * that was queued before it does not wait for them.
     */
    @Test
    void aTaskThatYieldsToTheDriversRunsAfterThem() throws Exception {
        var shared = start(1);
        var order = new CopyOnWriteArrayList<String>();
        var ended = new CountDownLatch(1);
        shared.schedule(task((task, worker) -> {
            if (order.contains("yield")) {
                order.add("again");
                ended.countDown();
                return;
            }
            worker.scheduleLast(task((_, _) -> order.add("queued before")));
            worker.defer(() -> order.add("drivers"));
            order.add("yield");
            worker.yieldToDrivers(task);
        }));
        Eventually.opened("it ran again", ended);
        assertEquals(List.of("yield", "queued before", "drivers", "again"), order);
    }
}
