package dev.edo.bench;

import static dev.edo.bench.Group.BLOCKING;
import static dev.edo.bench.Group.CHANNELS;
import static dev.edo.bench.Group.ECHO;
import static dev.edo.bench.Group.LATENESS;
import static dev.edo.bench.Group.MEMORY;
import static dev.edo.bench.Group.SPAWN;
import static dev.edo.bench.Group.SWITCH;
import static dev.edo.bench.Group.SYNC;
import static dev.edo.bench.Group.TIMERS;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A runtime that is measured, and what it is measured in. */
public enum Peer {
    /** Edo, tasks that are polled. */
    EDO_STACKLESS("Edo", "stackless",
            SPAWN, SWITCH, CHANNELS, SYNC, BLOCKING, TIMERS, LATENESS, MEMORY, ECHO),
    /** Edo, tasks that are virtual threads on its workers. */
    EDO_DIRECT("Edo direct", "direct",
            SPAWN, SWITCH, CHANNELS, SYNC, BLOCKING, TIMERS, LATENESS, MEMORY, ECHO),
    /** The real one, a process of its own. */
    TOKIO("Tokio", null, SPAWN, SWITCH, CHANNELS, SYNC, BLOCKING, TIMERS, LATENESS, MEMORY, ECHO),
    /** The JDK's virtual threads on their default scheduler. */
    VIRTUAL_THREADS("virtual threads", "virtualThreads",
            SPAWN, SWITCH, CHANNELS, SYNC, BLOCKING, TIMERS, LATENESS, MEMORY, ECHO),
    /** Coroutines on {@code Dispatchers.Default}. */
    KOTLIN("Kotlin", "kotlin", SPAWN, SWITCH, BLOCKING, LATENESS, MEMORY),
    /** {@code ForkJoinPool} with {@code CompletableFuture}: a lower bound, as it cannot suspend. */
    FORK_JOIN("fork/join", "forkJoin", SPAWN, SWITCH, BLOCKING),
    /** Netty 4.2 on its epoll transport. */
    NETTY_EPOLL("Netty epoll", null, ECHO),
    /** Netty 4.2 on its io_uring transport. */
    NETTY_IO_URING("Netty io_uring", null, ECHO),
    /** Vert.x 5 on its native transport. */
    VERTX("Vert.x", null, ECHO),
    /** One thread around epoll in C: what the kernel leaves to win. */
    C_EPOLL("C epoll", null, ECHO),
    /** One thread around io_uring in C. */
    C_URING("C io_uring", null, ECHO);

    private final String label;
    private final @Nullable String method;
    private final Set<Group> groups;

    Peer(String label, @Nullable String method, Group... groups) {
        this.label = label;
        this.method = method;
        this.groups = Set.of(groups);
    }

    /** {@return the name for people} */
    public String label() {
        return label;
    }

    /** {@return the name of its methods in the JMH classes, or null where it has none} */
    public @Nullable String method() {
        return method;
    }

    /** {@return the groups that it has workloads in} */
    public Set<Group> groups() {
        return groups;
    }
}
