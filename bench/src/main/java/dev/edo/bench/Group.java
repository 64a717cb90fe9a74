package dev.edo.bench;

/** The workloads that share a chart. */
public enum Group {
    /** Tasks that are made and run once. */
    SPAWN,
    /** Tasks that hand over to each other. */
    SWITCH,
    /** Messages between tasks. */
    CHANNELS,
    /** Notifications, semaphores and locks. */
    SYNC,
    /** Jobs on threads that may block. */
    BLOCKING,
    /** Timers that rarely fire. */
    TIMERS,
    /** How late a sleep ends. */
    LATENESS,
    /** Bytes for each thing that waits. */
    MEMORY,
    /** TCP echo. */
    ECHO
}
