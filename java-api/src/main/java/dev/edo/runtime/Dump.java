package dev.edo.runtime;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks and the threads of a runtime were doing when somebody asked. {@link #toString()} tells it to an
 * operator:
 *
 * <pre>
 * runtime 1 "payments": 3 tasks, 1 running, 0 runnable, 2 waiting
 *
 * thread "edo-1", worker 0, runs task 12
 * thread "edo-2", worker 1, idle
 *
 * task 7 "accept" in direct style, waiting
 *     at dev.edo.future.Future.await(Future.java:78)
 *     at com.acme.Server.accept(Server.java:33)
 *
 * task 9 stackless, waiting
 *     com.acme.Session.poll(Session.java:52)
 *     ├ com.acme.Session.pollRequest(Session.java:61)
 *     │ dev.edo.sync.Notified.poll(Notified.java:95)
 *     └ com.acme.Session.pollRequest(Session.java:70)
 *       dev.edo.sync.AcquireFuture.poll(AcquireFuture.java:31)
 *       dev.edo.sync.Acquire.pollAcquire(Acquire.java:61)
 *
 * task 12 stackless, running on "edo-1"
 *     at com.acme.Report.sum(Report.java:20)
 *     at com.acme.Report.poll(Report.java:11)
 * </pre>
 *
 * <p>A dump is not one moment: each task is told as it was at a moment of its own. A program that prints one whenever
 * it gets a signal, be its workers stuck or not:
 *
 * <pre>{@code
 * Thread.ofPlatform().daemon().name("dumps").start(() -> {
 *     try (var hangups = Signal.listen(SignalKind.hangup())) {
 *         for (;;) {
 *             hangups.recv().await(); // kill -HUP pid
 *             System.err.println(handle.dump().await());
 *         }
 *     } catch (Exception e) {
 *         e.printStackTrace();
 *     }
 * });
 * }</pre>
 *
 * @param runtime the runtime's id
 * @param name the runtime's name, or null
 * @param tasks the tasks that have not ended, by their ids
 * @param threads those that drive workers, run tasks or run blocking jobs
 * @param unseenTasks how many more tasks there were, about: most of them wait for their first turn
 * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/dump/struct.Dump.html">tokio::runtime::dump::Dump</a>
 */
public record Dump(
        RuntimeId runtime,
        @Nullable String name,
        List<DumpedTask> tasks,
        List<DumpedThread> threads,
        long unseenTasks) {
    /** How long {@link Handle#dump()} waits for tasks that are busy. */
    public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(1);

    /**
     * Makes a dump.
     *
     * @param runtime the runtime's id
     * @param name the runtime's name, or null
     * @param tasks the tasks
     * @param threads the threads
     * @param unseenTasks how many more tasks there were
     */
    public Dump {
        tasks = List.copyOf(tasks);
        threads = List.copyOf(threads);
    }

    /** {@return all of it as text, for people; the form may change} */
    @Override
    public String toString() {
        var text = new StringBuilder("runtime ").append(runtime);
        if (name != null) {
            text.append(" \"").append(name).append('"');
        }
        text.append(": ").append(tasks.size()).append(tasks.size() == 1 ? " task" : " tasks");
        for (var state : DumpedTask.State.values()) {
            long count = tasks.stream().filter(task -> task.state() == state).count();
            text.append(", ").append(count).append(' ').append(state);
        }
        if (unseenTasks > 0) {
            text.append("; not seen, most of them before their first turn: ").append(unseenTasks);
        }
        text.append('\n');
        for (var thread : threads) {
            text.append('\n').append(thread);
        }
        if (!threads.isEmpty()) {
            text.append('\n');
        }
        for (var task : tasks) {
            text.append('\n').append(task).append('\n');
        }
        return text.toString();
    }
}
