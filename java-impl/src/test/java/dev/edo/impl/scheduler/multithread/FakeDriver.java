package dev.edo.impl.scheduler.multithread;

import dev.edo.impl.driver.Park;
import java.util.ArrayList;
import java.util.List;

/** A driver that never sleeps and writes down what it was asked for. */
final class FakeDriver implements Park {
    final List<Long> parks = new ArrayList<>();
    int unparks;
    boolean sawInterrupt;
    Runnable inside = () -> {};

    @Override
    public void park(long timeoutNanos) {
        parks.add(timeoutNanos);
        sawInterrupt |= Thread.currentThread().isInterrupted();
        inside.run();
    }

    @Override
    public void unpark() {
        unparks++;
    }

    @Override
    public void shutdown() {}
}
