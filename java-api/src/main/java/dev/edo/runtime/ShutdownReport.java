package dev.edo.runtime;

import java.util.List;

/**
 * How a shutdown ended.
 *
 * <pre>{@code
 * var report = runtime.shutdownTimeout(Duration.ofSeconds(5));
 * if (!report.complete()) {
 *     IO.println("still busy: " + report.leakedBlockingJobs() + report.leakedWorkers());
 * }
 * }</pre>
 *
 * @param complete whether every thread of the runtime ended in time
 * @param leakedBlockingJobs the threads of the blocking pool that were still busy, each with the job it runs
 * @param leakedWorkers the workers that were still inside a task, each with that task
 */
public record ShutdownReport(
        boolean complete, List<String> leakedBlockingJobs, List<String> leakedWorkers) {
    /**
     * Makes the report.
     *
     * @param complete whether every thread ended
     * @param leakedBlockingJobs busy threads of the blocking pool
     * @param leakedWorkers busy workers
     */
    public ShutdownReport {
        leakedBlockingJobs = List.copyOf(leakedBlockingJobs);
        leakedWorkers = List.copyOf(leakedWorkers);
    }
}
