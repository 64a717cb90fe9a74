package dev.edo.impl.task.coroutine;

import dev.edo.impl.natives.ModuleOpener;
import dev.edo.impl.natives.NativeLibrary;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The things of the JDK that virtual threads on Edo's workers need and that are not public: the carrier of the calling
 * thread, a carrier's thread locals, what its interrupt calls, making a virtual thread with a scheduler of one's own,
 * and starting it in a container of one's own.
 *
 * <p>The packages are opened through JNI, so no command-line flag is needed. Where this JDK has no such methods,
 * {@link #available()} is false: tasks then run on the JDK's own scheduler, which is said once in the log.
 */
public final class Carriers {
    private static final @Nullable Throwable REFUSED;
    private static final @Nullable MethodHandle CURRENT_CARRIER;
    private static final @Nullable MethodHandle CARRIER_LOCAL;
    private static final @Nullable MethodHandle NEW_THREAD;
    private static final @Nullable MethodHandle START;
    private static final @Nullable MethodHandle INTERRUPT_HOOK;

    static {
        MethodHandle currentCarrier = null;
        MethodHandle carrierLocal = null;
        MethodHandle newThread = null;
        Throwable refused = null;
        try {
            NativeLibrary.ensureLoaded();
            open("java.lang");
            var lookup = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
            currentCarrier = lookup.findStatic(Thread.class, "currentCarrierThread",
                    MethodType.methodType(Thread.class));
            carrierLocal = MethodHandles.privateLookupIn(ThreadLocal.class, MethodHandles.lookup())
                    .findVirtual(ThreadLocal.class, "getCarrierThreadLocal", MethodType.methodType(Object.class));
            var builders = Class.forName("java.lang.ThreadBuilders");
            newThread = MethodHandles.privateLookupIn(builders, MethodHandles.lookup())
                    .findStatic(builders, "newVirtualThread", MethodType.methodType(
                            Thread.class, Executor.class, String.class, int.class, Runnable.class));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            refused = e;
        }
        REFUSED = refused;
        CURRENT_CARRIER = refused == null ? currentCarrier : null;
        CARRIER_LOCAL = refused == null ? carrierLocal : null;
        NEW_THREAD = refused == null ? newThread : null;
        START = refused == null ? findStart() : null;
        INTERRUPT_HOOK = refused == null ? findInterruptHook() : null;
    }

    /** Reads what the interrupt of a thread calls, or null where the JDK has no such field: it only costs time. */
    private static @Nullable MethodHandle findInterruptHook() {
        try {
            return MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
                    .findGetter(Thread.class, "nioBlocker", Class.forName("sun.nio.ch.Interruptible"))
                    .asType(MethodType.methodType(Object.class, Thread.class));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            System.getLogger("dev.edo").log(System.Logger.Level.DEBUG,
                    "this JDK does not tell what an interrupt calls; it is set before each mount", e);
            return null;
        }
    }

    /** Thread.start with a container, or null where this JDK has no such thing: it costs time, and nothing else. */
    private static @Nullable MethodHandle findStart() {
        try {
            open("jdk.internal.vm");
            return MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
                    .findVirtual(Thread.class, "start",
                            MethodType.methodType(void.class, TaskThreads.class.getSuperclass()))
                    .asType(MethodType.methodType(void.class, Thread.class, Object.class));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            System.getLogger("dev.edo").log(System.Logger.Level.WARNING,
                    "this JDK starts virtual threads in its own container only; spawning in direct style is slower", e);
            return null;
        }
    }

    private static void open(String packageName) throws IllegalAccessException {
        if (!ModuleOpener.open(packageName, Carriers.class)) {
            throw new IllegalAccessException(packageName + " could not be opened to " + Carriers.class.getModule());
        }
    }

    private Carriers() {}

    /** Whether virtual threads can run on Edo's workers. */
    public static boolean available() {
        return REFUSED == null;
    }

    /** Why not, or null. */
    public static @Nullable Throwable refusal() {
        return REFUSED;
    }

    /** The platform thread that executes the caller. */
    public static Thread currentCarrier() {
        if (CURRENT_CARRIER == null) {
            return Thread.currentThread();
        }
        try {
            return (Thread) CURRENT_CARRIER.invokeExact();
        } catch (Throwable t) {
            throw new AssertionError("Thread.currentCarrierThread failed", t);
        }
    }

    /** The value of a thread local for the platform thread that executes the caller. */
    @SuppressWarnings("unchecked") // the erased getter returns what the thread local holds
    public static <T> @Nullable T carrierLocal(ThreadLocal<@Nullable T> local) {
        if (CARRIER_LOCAL == null || !Thread.currentThread().isVirtual()) {
            return local.get();
        }
        try {
            return (T) (Object) CARRIER_LOCAL.invokeExact(local);
        } catch (Throwable t) {
            throw new AssertionError("ThreadLocal.getCarrierThreadLocal failed", t);
        }
    }

    /** What an interrupt of the calling platform thread calls, or null; null, too, where the JDK does not tell. */
    public static @Nullable Object interruptHook() {
        if (INTERRUPT_HOOK == null) {
            return null;
        }
        try {
            return INTERRUPT_HOOK.invokeExact(Thread.currentThread()); // only the thread itself writes it
        } catch (Throwable t) {
            throw new AssertionError("reading Thread.nioBlocker failed", t);
        }
    }

    /** A virtual thread, not started, whose runs are submitted to the executor. */
    static Thread newVirtualThread(Executor scheduler, Runnable body) {
        if (NEW_THREAD == null) {
            return Thread.ofVirtual().unstarted(body);
        }
        JdkPollers.ensureStarted();
        try {
            return (Thread) NEW_THREAD.invokeExact(scheduler, "", 0, body);
        } catch (Throwable t) {
            throw new AssertionError("ThreadBuilders.newVirtualThread failed", t);
        }
    }

    /**
     * What the virtual threads of a scheduler are started in. The JDK's own container keeps them all in one map, which
     * each start and each end has to pass; this one asks the scheduler when somebody wants to see them.
     *
     * @param threads the live ones
     */
    public static Object newContainer(String name, Supplier<Stream<Thread>> threads) {
        return START == null ? name : TaskThreads.registered(name, threads);
    }

    /** Starts a virtual thread in a container that {@link #newContainer} made. */
    static void start(Thread thread, Object container) {
        if (START == null) {
            thread.start();
            return;
        }
        try {
            START.invokeExact(thread, container);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError("Thread.start failed", t);
        }
    }
}
