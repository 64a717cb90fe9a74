package dev.edo.impl.runtime;

import dev.edo.future.Future;
import dev.edo.impl.scheduler.Scheduler;
import dev.edo.impl.task.StacklessTask;
import dev.edo.impl.task.Task;
import dev.edo.impl.task.TaskState.Found;
import dev.edo.impl.task.TraceRequests;
import dev.edo.impl.task.coroutine.Coroutine;
import dev.edo.runtime.Dump;
import dev.edo.runtime.DumpedTask;
import dev.edo.runtime.DumpedTask.State;
import dev.edo.runtime.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A dump that is being taken, by a thread of its own: workers may be stuck, and taking stacks takes time.
 *
 * <p>Algorithm: tasks are found on the lists of those that have waited, and on the threads that run them. One that has
 * done neither (it only yields, say) puts itself on a list when it has its next turn, for which there is a moment. Each
 * stackless one is told to trace itself in its next poll, by whichever thread that is due to, and one that waits is
 * scheduled for it. Meanwhile the stacks of tasks in direct style are taken, which a mounted thread takes part in and
 * one that is not need not. What has not come round when the time is over is told from the outside.
 *
 * <p>Ordering: {@code asked} has a task before the state of the task says TRACED; see {@link TraceRequests}.
 *
 * <p>Origin: Tokio's {@code task/trace}, which stops all workers at a barrier and has one of them poll every task. Here
 * no worker waits for another, and a blocked one does not keep the others from telling what they do.
 */
final class DumpInProgress implements TraceRequests.Sink {
    /** How long at most it waits for tasks to put themselves on a list. */
    private static final long LISTING_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** How long at least stacks are taken, if there are so many. */
    private static final long STACKS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long FIRST_PAUSE_NANOS = 100_000;
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final Duration LONGEST_LIMIT = Duration.ofDays(365);

    private final RuntimeHandle handle;
    private final Scheduler scheduler;
    private final long limitNanos;

    /** Whoever asked for the dump gives it up by cancelling this. */
    private final CompletableFuture<Dump> result = new CompletableFuture<>();

    private final Map<StacklessTask<?>, Asked> asked = new ConcurrentHashMap<>();

    /** How many of those that were asked have neither answered nor ended. */
    private final AtomicInteger left = new AtomicInteger();

    /** By their stacks: a million tasks that wait in a few places need no more memory for them than a few do. */
    private final Map<List<List<StackTraceElement>>, Trace> traces = new ConcurrentHashMap<>();

    private volatile @Nullable Thread taker;

    /** What a stackless task was found to do, and its answer. */
    static final class Asked {
        private State state = State.WAITING;
        private boolean ended;
        private volatile @Nullable Trace answer;
    }

    DumpInProgress(RuntimeHandle handle, long limitNanos) {
        this.handle = handle;
        this.scheduler = handle.scheduler();
        this.limitNanos = limitNanos;
    }

    /** Starts a thread that takes a dump. */
    static Future<Dump> start(RuntimeHandle handle, Duration limit) {
        var shorter = limit.compareTo(LONGEST_LIMIT) > 0 ? LONGEST_LIMIT : limit;
        var dump = new DumpInProgress(handle, shorter.toNanos());
        var result = dump.result;
        var time = handle.currentThread() == null ? null : handle.timeOrNull();
        if (time != null) {
            time.inhibitAutoAdvance(); // whoever waits for it does not do nothing
        }
        boolean started = false;
        try {
            Thread.ofPlatform().daemon().name("edo-dump").start(() -> {
                try {
                    result.complete(dump.take());
                } catch (Throwable t) {
                    result.completeExceptionally(t);
                } finally {
                    if (time != null) {
                        time.allowAutoAdvance();
                    }
                }
            });
            started = true;
        } catch (OutOfMemoryError e) {
            throw new IllegalStateException("the dump cannot start its thread: " + e.getMessage()
                    + "; raise the limit of threads (ulimit -u, cgroup pids.max)", e);
        } finally {
            if (!started && time != null) {
                time.allowAutoAdvance();
            }
        }
        return Future.from(result);
    }

    // --- the thread of the dump

    private Dump take() {
        long startNanos = System.nanoTime();
        taker = Thread.currentThread();
        var found = new ArrayList<Task<?>>();
        var direct = new ArrayList<DumpedTask>();
        long unseen;
        scheduler.owned().beginDump();
        scheduler.traceRequests().add(this);
        try {
            awaitListing(startNanos);
            var running = running(SampledThread.ofRuntime(handle));
            found.addAll(find(running.keySet()));
            unseen = Math.max(0, scheduler.owned().aliveCount() - found.size());
            ask(found, running.keySet());
            for (var task : found) {
                if (task instanceof Coroutine<?> coroutine) {
                    look(coroutine, running.get(task), isTimeForStacks(startNanos), direct);
                }
            }
            awaitAnswers(startNanos);
        } finally {
            scheduler.traceRequests().remove(this);
            scheduler.owned().endDump();
        }
        var threads = SampledThread.ofRuntime(handle);
        var tasks = new ArrayList<>(direct);
        tasks.addAll(stackless(running(threads)));
        tasks.sort(Comparator.comparingLong(task -> task.id().value()));
        return new Dump(handle.id(), handle.name(), tasks,
                threads.stream().map(SampledThread::dumped).toList(), unseen);
    }

    /** It is work, not waiting, and of a runtime that is stuck the best there is: a short limit leaves room for it. */
    private boolean isTimeForStacks(long startNanos) {
        return !result.isDone() && System.nanoTime() - startNanos < Math.max(limitNanos, STACKS_NANOS);
    }

    /** Waits until the tasks that there are have put themselves on lists, or that may be so. */
    private void awaitListing(long startNanos) {
        var owned = scheduler.owned();
        long most = Math.min(limitNanos, LISTING_NANOS);
        long pauseNanos = FIRST_PAUSE_NANOS;
        while (owned.listed().size() < owned.aliveCount() && System.nanoTime() - startNanos < most) {
            LockSupport.parkNanos(this, pauseNanos);
            pauseNanos *= 2;
        }
    }

    /** The tasks of this runtime that threads run. */
    private Map<Task<?>, SampledThread> running(List<SampledThread> threads) {
        var running = new ConcurrentHashMap<Task<?>, SampledThread>();
        for (var thread : threads) {
            var task = thread.task();
            if (task != null && task.scheduler() == scheduler && thread.isInside(task)) {
                running.put(task, thread);
            }
        }
        return running;
    }

    private Set<Task<?>> find(Set<Task<?>> running) {
        var found = new LinkedHashSet<>(scheduler.owned().listed());
        found.addAll(running);
        found.removeIf(Task::isComplete);
        return found;
    }

    private void ask(List<Task<?>> found, Set<Task<?>> running) {
        for (var task : found) {
            if (task instanceof StacklessTask<?> stackless) {
                var entry = expect(stackless);
                ask(stackless, entry, running.contains(task));
            }
        }
    }

    /** Counts a task in, which may answer from here on: another dump may have asked it. */
    Asked expect(StacklessTask<?> task) {
        var entry = new Asked();
        left.incrementAndGet();
        asked.put(task, entry);
        return entry;
    }

    /** Asks a task that is counted in. */
    void ask(StacklessTask<?> task, Asked entry, boolean isRunning) {
        var state = task.requestTrace();
        entry.state = switch (state) {
            case WAITING, ENDED -> State.WAITING;
            case QUEUED -> State.RUNNABLE;
            case RUNNING -> isRunning ? State.RUNNING : State.RUNNABLE; // it may have yielded
        };
        if (state == Found.ENDED && entry.answer == null) { // may have answered another dump, and so this one
            entry.ended = true;
            left.decrementAndGet();
        }
    }

    /** How many of those that were asked have neither answered nor ended. */
    int answersLeft() {
        return left.get();
    }

    /** Takes a task's stack, if there is time. */
    private void look(
            Coroutine<?> task, @Nullable SampledThread carrier, boolean inTime, List<DumpedTask> tasks) {
        var state = stateOf(task, carrier);
        var trace = inTime ? traceOf(SampledStack.ofDirectStyle(task.thread().getStackTrace())) : null;
        if (!task.isComplete()) {
            tasks.add(dumped(task, state, carrier, trace));
        }
    }

    private Trace traceOf(List<StackTraceElement> stack) {
        return shared(Trace.of(List.of(stack)));
    }

    /** The first trace with the same stacks. */
    private Trace shared(Trace trace) {
        var known = traces.get(trace.backtraces());
        if (known == null) {
            known = traces.putIfAbsent(trace.backtraces(), trace);
        }
        return known == null ? trace : known;
    }

    private static State stateOf(Coroutine<?> task, @Nullable SampledThread carrier) {
        if (carrier != null) {
            return State.RUNNING;
        }
        return task.isQueued() || task.thread().getState() == Thread.State.RUNNABLE ? State.RUNNABLE : State.WAITING;
    }

    /** A task that ends without having answered tells nobody, nor does who gives the dump up. */
    private void awaitAnswers(long startNanos) {
        long pauseNanos = FIRST_PAUSE_NANOS;
        while (left.get() > 0 && !result.isDone()) {
            long remaining = limitNanos - (System.nanoTime() - startNanos);
            if (remaining <= 0) {
                return;
            }
            LockSupport.parkNanos(this, Math.min(pauseNanos, remaining));
            pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
            asked.forEach((task, entry) -> {
                if (!entry.ended && task.isComplete() && entry.answer == null) {
                    entry.ended = true;
                    left.decrementAndGet();
                }
            });
        }
    }

    private List<DumpedTask> stackless(Map<Task<?>, SampledThread> running) {
        var tasks = new ArrayList<DumpedTask>();
        asked.forEach((task, entry) -> {
            var answer = entry.answer;
            if (answer != null) {
                tasks.add(dumped(task, entry.state, null, answer));
            } else if (!task.isComplete()) {
                var thread = running.get(task);
                if (thread != null) {
                    tasks.add(dumped(task, State.RUNNING, thread, traceOf(thread.stackOfTask())));
                } else {
                    var state = entry.state == State.RUNNING ? State.RUNNABLE : entry.state;
                    tasks.add(dumped(task, state, null, null));
                }
            }
        });
        return tasks;
    }

    private static DumpedTask dumped(
            Task<?> task, State state, @Nullable SampledThread thread, @Nullable Trace trace) {
        return new DumpedTask(task.id(), task.name(), task.isDirectStyle(), task.spawnedAt(), state,
                thread == null ? null : thread.name(), trace);
    }

    // --- the pollers of tasks

    @Override
    public boolean wants(StacklessTask<?> task) {
        var entry = asked.get(task);
        return entry != null && entry.answer == null;
    }

    @Override
    public void accept(StacklessTask<?> task, Trace trace) {
        var entry = asked.get(task);
        if (entry != null && entry.answer == null) { // one thread polls a task at a time
            entry.answer = shared(trace);
            if (left.decrementAndGet() == 0) {
                LockSupport.unpark(taker);
            }
        }
    }
}
