package dev.edo.impl.scheduler;

/** A watch whose thread never runs, so that an actor can go to sleep in its place, and the scheduler it looks after. */
public final class StressedWatch implements StuckWatch.Source {
    private static final Thread NEVER_STARTED = new Thread() {
        @Override
        public void start() {
            // the actors are the threads here
        }
    };

    public final StuckWatch watch = new StuckWatch(this, _ -> NEVER_STARTED);

    /** Plain on purpose: the fences of the watch must do. */
    boolean driven;

    public StressedWatch(boolean driven) {
        this.driven = driven;
    }

    @Override
    public boolean isDriven() {
        return driven;
    }

    @Override
    public long progress() {
        return 0;
    }

    @Override
    public boolean isStuck() {
        return false;
    }

    @Override
    public void rescue() {
        throw new AssertionError("the watch's thread does not run");
    }
}
