package dev.edo.impl.natives;

import java.util.List;

/**
 * The handshake between this Java code and the C library: both say how the memory they share is
 * laid out, and a library that says something else is refused before any of its functions is bound.
 */
final class Abi {

    /** Raised, together with {@code EDO_ABI_VERSION}, with every change of the shared layout. */
    static final int VERSION = 3;

    /** A number that both sides must have. */
    record Entry(String name, int value) {
    }

    /** What Java has, in the order of {@code edo_jni_layout} in {@code native/src/edo_jni.c}. */
    static final List<Entry> EXPECTED = List.of(
            new Entry("EDO_ABI_VERSION", VERSION),
            new Entry("sizeof(edo_slot)", SlotLayout.SIZE),
            new Entry("edo_slot.readiness", SlotLayout.READINESS),
            new Entry("edo_slot.generation", SlotLayout.GENERATION),
            new Entry("edo_slot.waiting", SlotLayout.WAITING),
            new Entry("edo_slot.interest", SlotLayout.INTEREST),
            new Entry("edo_slot.fd", SlotLayout.FD),
            new Entry("EDO_READINESS_BITS", SlotLayout.READINESS_BITS),
            new Entry("EDO_TICK_BITS", SlotLayout.TICK_BITS),
            new Entry("EDO_GENERATION_BITS", SlotLayout.GENERATION_BITS),
            new Entry("EDO_READY_READABLE", SlotLayout.READABLE),
            new Entry("EDO_READY_WRITABLE", SlotLayout.WRITABLE),
            new Entry("EDO_READY_READ_CLOSED", SlotLayout.READ_CLOSED),
            new Entry("EDO_READY_WRITE_CLOSED", SlotLayout.WRITE_CLOSED),
            new Entry("EDO_READY_PRIORITY", SlotLayout.PRIORITY),
            new Entry("EDO_READY_ERROR", SlotLayout.ERROR),
            new Entry("sizeof(edo_ready)", ReadyLayout.SIZE),
            new Entry("edo_ready.index", ReadyLayout.INDEX),
            new Entry("edo_ready.ready", ReadyLayout.READY),
            new Entry("sizeof(edo_poller)", PollerLayout.SIZE),
            new Entry("edo_poller.backend_fd", PollerLayout.BACKEND_FD),
            new Entry("edo_poller.wake_fd", PollerLayout.WAKE_FD),
            new Entry("edo_poller.slots", PollerLayout.SLOTS),
            new Entry("edo_poller.slot_capacity", PollerLayout.SLOT_CAPACITY),
            new Entry("edo_poller.max_events", PollerLayout.MAX_EVENTS),
            new Entry("edo_poller.events", PollerLayout.EVENTS),
            new Entry("edo_poller.ready", PollerLayout.READY),
            new Entry("edo_poller.coarse_timeout", PollerLayout.COARSE_TIMEOUT),
            new Entry("edo_poller.turns", PollerLayout.TURNS),
            new Entry("edo_poller.seen", PollerLayout.SEEN),
            new Entry("edo_poller.published", PollerLayout.PUBLISHED),
            new Entry("edo_poller.upcalls", PollerLayout.UPCALLS),
            new Entry("edo_poller.quiet", PollerLayout.QUIET),
            new Entry("edo_poller.stale", PollerLayout.STALE),
            new Entry("edo_poller.wakes", PollerLayout.WAKES),
            new Entry("edo_poller.dropped", PollerLayout.DROPPED),
            new Entry("sizeof(edo_spawn)", SpawnLayout.SIZE),
            new Entry("edo_spawn.paths", SpawnLayout.PATHS),
            new Entry("edo_spawn.arguments", SpawnLayout.ARGUMENTS),
            new Entry("edo_spawn.shell", SpawnLayout.SHELL),
            new Entry("edo_spawn.environment", SpawnLayout.ENVIRONMENT),
            new Entry("edo_spawn.directory", SpawnLayout.DIRECTORY),
            new Entry("edo_spawn.stdio", SpawnLayout.STDIO),
            new Entry("edo_spawn.options", SpawnLayout.OPTIONS),
            new Entry("edo_spawn.uid", SpawnLayout.UID),
            new Entry("edo_spawn.gid", SpawnLayout.GID),
            new Entry("edo_spawn.group", SpawnLayout.GROUP),
            new Entry("edo_spawn.pid", SpawnLayout.PID),
            new Entry("edo_spawn.step", SpawnLayout.STEP),
            new Entry("EDO_SPAWN_UID", SpawnLayout.OPTION_UID),
            new Entry("EDO_SPAWN_GID", SpawnLayout.OPTION_GID),
            new Entry("EDO_SPAWN_GROUP", SpawnLayout.OPTION_GROUP),
            new Entry("EDO_SPAWN_WALK", SpawnLayout.OPTION_WALK),
            new Entry("EDO_SPAWN_INHERIT", SpawnLayout.INHERIT),
            new Entry("EDO_SPAWN_STEP_FORK", SpawnLayout.STEP_FORK),
            new Entry("EDO_SPAWN_STEP_STDIO", SpawnLayout.STEP_STDIO),
            new Entry("EDO_SPAWN_STEP_GID", SpawnLayout.STEP_GID),
            new Entry("EDO_SPAWN_STEP_UID", SpawnLayout.STEP_UID),
            new Entry("EDO_SPAWN_STEP_DIRECTORY", SpawnLayout.STEP_DIRECTORY),
            new Entry("EDO_SPAWN_STEP_GROUP", SpawnLayout.STEP_GROUP),
            new Entry("EDO_SPAWN_STEP_EXEC", SpawnLayout.STEP_EXEC));

    private Abi() {
    }

    /**
     * Compares what a library says with what this code expects.
     *
     * @param described the answer of {@link #describe}
     * @param library where the library came from, for the message
     * @throws NativeLibraryException naming the first difference
     */
    static void check(int[] described, String library) {
        int common = Math.min(described.length, EXPECTED.size());
        for (int i = 0; i < common; i++) {
            if (described[i] != EXPECTED.get(i).value()) {
                throw mismatch(library, "library has " + EXPECTED.get(i).name() + "="
                        + described[i] + ", this version of Edo needs " + EXPECTED.get(i).value());
            }
        }
        if (described.length != EXPECTED.size()) {
            throw mismatch(library, "library describes " + described.length
                    + " numbers, this version of Edo needs " + EXPECTED.size());
        }
    }

    private static NativeLibraryException mismatch(String library, String difference) {
        return new NativeLibraryException("Edo's native library is of another version than Edo: "
                + difference + ". library=" + library + ". Use dev.edo:edo and dev.edo:edo-natives"
                + " of the same version (import dev.edo:edo-bom), and unset -D"
                + NativeLibrary.PATH_PROPERTY + " if it names an old file.");
    }

    /** What the library says. Bound when it is loaded. */
    static native int[] describe();

    /** Binds the native methods of the other classes. Bound when the library is loaded. */
    static native void bind();
}
