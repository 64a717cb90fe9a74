package dev.edo.impl.fs;

import dev.edo.impl.contract.Running;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.io.InSetup;
import dev.edo.impl.runtime.BuilderImpl;
import dev.edo.task.Action;

/** Who makes calls on files. What they come to is the same. */
public enum Disk {
    /** Threads of the blocking pool. */
    POOL,
    /** The kernel where it can; where it refuses altogether this is {@link #POOL}. */
    RING;

    BuilderImpl builder(Setup setup) {
        var builder = setup.builder();
        if (this == RING) {
            builder.enableIoUring();
        }
        return builder;
    }

    Running start(Setup setup) {
        return Running.of(builder(setup));
    }

    /** Runs the body of a test as a task in direct style. */
    void run(Setup setup, Action body) throws Exception {
        InSetup.run(start(setup), "the test's task in " + setup + " on " + this, body);
    }
}
