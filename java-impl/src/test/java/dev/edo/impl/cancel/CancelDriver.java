package dev.edo.impl.cancel;

import dev.edo.future.Poll;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Cancels a future at each of its await points, in each of these ways:
 *
 * <ul>
 * <li>while it waits, and nothing has happened;
 * <li>when it was woken, before it is polled again;
 * <li>while another thread brings about what it waits for, several times;
 * <li>before its first poll, and after its end.
 * </ul>
 *
 * <p>Each time nothing may be lost, and a future that was cancelled while it waited is not woken
 * any more.
 */
final class CancelDriver implements AutoCloseable {
    private static final int RACES_PER_POINT = 10;
    private static final int MOST_AWAIT_POINTS = 1_000;

    /** Those that may end by themselves can be looked at again to see them wait. */
    private static final int MOST_PROBES = 5;

    private static final ThreadFactory THREADS =
            Thread.ofPlatform().daemon().name("provoker").factory();

    private enum Way {
        WAITING,
        WOKEN,
        RACING,
        ENDED
    }

    private final ExecutorService provoker = Executors.newSingleThreadExecutor(THREADS);
    private final CyclicBarrier start = new CyclicBarrier(2);
    private int cancelPoints;
    private boolean endsByItself;

    /** Cancels at all points; returns how many await points the future has. */
    int run(Catalogue.Entry entry) throws Exception {
        int awaitPoints = cancel(entry, MOST_AWAIT_POINTS, Way.ENDED);
        for (int i = 1; i < MOST_PROBES && awaitPoints == 0 && endsByItself; i++) {
            awaitPoints = cancel(entry, MOST_AWAIT_POINTS, Way.ENDED);
        }
        cancel(entry, 0, Way.WAITING);
        for (int point = 1; point <= awaitPoints; point++) {
            cancel(entry, point, Way.WAITING);
            cancel(entry, point, Way.WOKEN);
            for (int race = 0; race < RACES_PER_POINT; race++) {
                cancel(entry, point, Way.RACING);
            }
        }
        return awaitPoints;
    }

    int cancelPoints() {
        return cancelPoints;
    }

    private int cancel(Catalogue.Entry entry, int atPoint, Way way) throws Exception {
        cancelPoints++;
        var where = entry.name() + ", cancelled at await point " + atPoint + ", " + way;
        var scenario = entry.factory().call();
        endsByItself = scenario.isAllowedToEndByItself();
        var cx = new CountingContext();
        Throwable failure = null;
        try {
            var outcome = cancel(scenario, cx, atPoint, way, where);
            int wakes = cx.wakes();
            scenario.future.cancel();
            if (way == Way.ENDED && cx.awaitPoints() == 0 && scenario.hasToWait()
                    && !endsByItself) {
                throw new AssertionError("there was nothing to wait for");
            }
            scenario.check(outcome);
            if (way == Way.WAITING && !scenario.mayBeWokenByItself()) {
                Catalogue.expect("wake-ups after cancel()", wakes, cx.wakes());
            }
            if (!scenario.isLasting()) {
                expectSpent(scenario, cx);
            }
        } catch (Throwable t) {
            failure = t;
        }
        try {
            scenario.end();
        } catch (Throwable t) {
            if (failure == null) {
                failure = t;
            } else {
                failure.addSuppressed(t);
            }
        }
        if (failure != null) {
            throw new AssertionError(where + ": " + failure.getMessage(), failure);
        }
        return cx.awaitPoints();
    }

    private Outcome cancel(Scenario scenario, CountingContext cx, int atPoint, Way way, String where)
            throws Exception {
        int provoked = 0;
        int seen = 0;
        for (int point = 1; point <= atPoint; point++) {
            int wakes = cx.wakes();
            seen = provoked;
            var ended = poll(scenario, cx, provoked);
            if (ended != null) {
                if (way != Way.ENDED && !scenario.isAllowedToEndByItself()) {
                    throw new AssertionError("ended after fewer await points than before: " + (point - 1));
                }
                scenario.future.cancel();
                return ended;
            }
            if (point < atPoint || way == Way.WOKEN) {
                scenario.provoke(point);
                provoked++;
                cx.awaitWakeAfter(wakes, where);
            }
        }
        if (way == Way.ENDED) {
            throw new AssertionError("did not end within " + atPoint + " await points");
        }
        if (way == Way.RACING) {
            race(scenario, atPoint);
            provoked++;
        } else {
            scenario.future.cancel();
        }
        return new Outcome(false, null, provoked, seen);
    }

    /** How the future ended, also by an exception, or null. */
    private static @Nullable Outcome poll(Scenario scenario, CountingContext cx, int provoked)
            throws Exception {
        try {
            return cx.poll(scenario.future) instanceof Poll.Ready<?>(var value)
                    ? new Outcome(true, value, provoked, provoked)
                    : null;
        } catch (Exception e) {
            if (!scenario.endsWith(e)) {
                throw e;
            }
            return new Outcome(true, e, provoked, provoked);
        }
    }

    private void race(Scenario scenario, int point) throws Exception {
        var provocation = provoker.submit(() -> {
            start.await();
            scenario.provoke(point);
            return null;
        });
        start.await();
        scenario.future.cancel();
        provocation.get(20, TimeUnit.SECONDS);
    }

    private static void expectSpent(Scenario scenario, CountingContext cx) throws Exception {
        try {
            var poll = cx.poll(scenario.future);
            throw new AssertionError("polled after its end it said " + poll);
        } catch (IllegalStateException refused) {
            if (refused.getMessage() == null) {
                throw new AssertionError("refused without a message", refused);
            }
        }
    }

    @Override
    public void close() {
        provoker.shutdownNow();
    }
}
