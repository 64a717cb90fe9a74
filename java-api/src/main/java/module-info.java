/**
 * The API of Edo, a native-reactor runtime for the JVM. It holds interfaces, results and combinators;
 * the implementation ({@code dev.edo.impl}) is found through {@link java.util.ServiceLoader}.
 */
@SuppressWarnings("module") // those it exports to are built later
module dev.edo {
    requires static transitive org.jspecify;

    exports dev.edo;
    exports dev.edo.codec;
    exports dev.edo.fs;
    exports dev.edo.future;
    exports dev.edo.internal to dev.edo.impl;
    exports dev.edo.io;
    exports dev.edo.metrics;
    exports dev.edo.net;
    exports dev.edo.process;
    exports dev.edo.runtime;
    exports dev.edo.signal;
    exports dev.edo.spi;
    exports dev.edo.stream;
    exports dev.edo.sync;
    exports dev.edo.task;
    exports dev.edo.time;

    uses dev.edo.spi.EdoProvider;
}
