package dev.edo.time;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A clock that moves only when told, and timers on it that keep to the contract of {@link Sleep}.
 */
final class FakeTime {
    final List<FakeSleep> sleeps = new ArrayList<>();
    private Instant now;

    FakeTime(long millis) {
        now = new Instant(millis * 1_000_000);
    }

    Instant now() {
        return now;
    }

    void advanceMillis(long millis) {
        now = now.plus(Duration.ofMillis(millis));
        for (var sleep : List.copyOf(sleeps)) {
            var waiting = sleep.waker;
            if (waiting != null && sleep.deadline.compareTo(now) <= 0) {
                sleep.waker = null;
                waiting.wake();
            }
        }
    }

    FakeSleep sleepUntil(Instant deadline) {
        var sleep = new FakeSleep(deadline);
        sleeps.add(sleep);
        return sleep;
    }

    final class FakeSleep implements Sleep {
        @Nullable Waker waker;
        boolean over;
        boolean done;
        int cancels;

        /** What another thread does at the moment of a cancel(). */
        Runnable meanwhile = () -> {};

        private Instant deadline;

        FakeSleep(Instant deadline) {
            this.deadline = deadline;
        }

        @Override
        public Poll<@Nullable Void> poll(Context cx) {
            if (over) {
                throw new IllegalStateException("polled after cancel()");
            }
            if (!cx.pollProceed()) {
                return Poll.pending();
            }
            if (done || deadline.compareTo(now) <= 0) {
                done = true;
                waker = null;
                cx.madeProgress();
                return Poll.ready();
            }
            waker = cx.waker();
            return Poll.pending();
        }

        @Override
        public Instant deadline() {
            return deadline;
        }

        @Override
        public boolean isElapsed() {
            return deadline.compareTo(now) <= 0;
        }

        @Override
        public void reset(Instant newDeadline) {
            deadline = newDeadline;
            done = false;
            over = false;
        }

        @Override
        public void cancel() {
            cancels++;
            over |= !done;
            waker = null;
            meanwhile.run();
        }
    }
}
