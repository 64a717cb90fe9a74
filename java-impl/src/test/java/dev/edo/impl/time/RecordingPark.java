package dev.edo.impl.time;

import dev.edo.impl.driver.Park;
import java.util.ArrayList;
import java.util.List;

/** A park that returns at once and remembers what it was asked for. */
final class RecordingPark implements Park {
    final List<Long> timeouts = new ArrayList<>();
    int unparks;
    int shutdowns;
    Runnable whileParked = () -> {};

    @Override
    public void park(long timeoutNanos) {
        timeouts.add(timeoutNanos);
        whileParked.run();
    }

    @Override
    public void unpark() {
        unparks++;
    }

    @Override
    public void shutdown() {
        shutdowns++;
    }

    long lastTimeout() {
        return timeouts.getLast();
    }
}
