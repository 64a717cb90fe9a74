package dev.edo.impl.contract;

import dev.edo.impl.runtime.BuilderImpl;

/** The flavours of runtime that keep the same contract. */
public enum Setup {
    /** All tasks on the thread inside {@code blockOn}. */
    CURRENT_THREAD(0),
    /** One worker: nobody to steal from, nobody to help. */
    ONE_WORKER(1),
    /** Workers that steal from each other. */
    TWO_WORKERS(2),
    /** Local queues of four slots, which overflow all the time. */
    TINY_QUEUES(2);

    private final int workers;

    Setup(int workers) {
        this.workers = workers;
    }

    public boolean isMultiThread() {
        return workers > 0;
    }

    /** How many tasks run at the same time. */
    public int workers() {
        return Math.max(1, workers);
    }

    /** A builder for this flavour, with I/O and time. */
    public BuilderImpl builder() {
        var builder = new BuilderImpl();
        builder.enableAll();
        if (!isMultiThread()) {
            builder.currentThread();
            return builder;
        }
        builder.workerThreads(workers);
        if (this == TINY_QUEUES) {
            builder.localQueueCapacity(4);
        }
        return builder;
    }

    /** A runtime of this flavour that somebody drives. */
    public Running start() {
        return Running.of(builder());
    }
}
