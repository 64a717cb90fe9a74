package dev.edo.examples.echo;

import dev.edo.runtime.EdoRuntime;
import dev.edo.runtime.RuntimeFlavor;

/** Builds the runtimes of server and load. */
final class EchoRuntimes {
    private EchoRuntimes() {}

    static EdoRuntime build(EchoOptions options, String name) {
        var builder = EdoRuntime.builder().name(name).threadName(name).enableAll();
        if (options.flavor() == RuntimeFlavor.CURRENT_THREAD) {
            builder.currentThread();
        } else {
            builder.multiThread().workerThreads(options.workers());
        }
        return builder.build();
    }
}
