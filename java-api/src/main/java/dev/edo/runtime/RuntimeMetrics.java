package dev.edo.runtime;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Live figures of a runtime. Each call reads what is there now; two calls are two moments. Counts only grow.
 *
 * <pre>{@code
 * var metrics = runtime.metrics();
 * for (int worker = 0; worker < metrics.numWorkers(); worker++) {
 *     IO.println(worker + ": " + metrics.workerPollCount(worker) + " polls");
 * }
 * }</pre>
 *
 * <p><em>Errors:</em> the methods that ask for a worker throw {@link IndexOutOfBoundsException} where there is no such
 * worker.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/struct.RuntimeMetrics.html">tokio::runtime::RuntimeMetrics</a>
 */
public interface RuntimeMetrics {
    /** {@return the number of workers} */
    int numWorkers();

    /** {@return the number of tasks that were spawned and have not ended; blocking jobs are not counted} */
    long numAliveTasks();

    /** {@return the number of tasks spawned so far, without those that were refused because of a shutdown} */
    long spawnedTasksCount();

    /** {@return the number of tasks in the queue that all workers share} */
    long globalQueueDepth();

    /** {@return how often a task was scheduled from outside the workers} */
    long remoteScheduleCount();

    /** {@return how often a task had to yield because its budget was used up} */
    long budgetForcedYieldCount();

    /** {@return the number of threads in the blocking pool} */
    int numBlockingThreads();

    /** {@return the number of threads in the blocking pool that have nothing to do} */
    int numIdleBlockingThreads();

    /** {@return the number of jobs that wait for a thread of the blocking pool} */
    int blockingQueueDepth();

    /**
     * The thread that drives a worker, or drove it last; on a current-thread runtime, the one inside {@code blockOn}. It
     * changes where a task blocks its thread in place.
     *
     * @param worker from 0
     * @return its {@link Thread#threadId()}, or nothing before the first one
     */
    OptionalLong workerThreadId(int worker);

    /**
     * Tasks waiting in one worker's own queue.
     *
     * @param worker from 0
     * @return their number
     */
    int workerLocalQueueDepth(int worker);

    /**
     * How often a worker polled a task.
     *
     * @param worker from 0
     * @return the count
     */
    long workerPollCount(int worker);

    /**
     * How many tasks a worker stole.
     *
     * @param worker from 0
     * @return the count
     */
    long workerStealCount(int worker);

    /**
     * How often a worker stole at least one task.
     *
     * @param worker from 0
     * @return the count
     */
    long workerStealOperations(int worker);

    /**
     * How often a worker went to sleep.
     *
     * @param worker from 0
     * @return the count
     */
    long workerParkCount(int worker);

    /**
     * How often a worker went to sleep or woke up: odd while it sleeps.
     *
     * @param worker from 0
     * @return the count
     */
    long workerParkUnparkCount(int worker);

    /**
     * How often a worker woke up and found nothing to do.
     *
     * @param worker from 0
     * @return the count
     */
    long workerNoopCount(int worker);

    /**
     * How often a worker scheduled a task onto its own queue.
     *
     * @param worker from 0
     * @return the count
     */
    long workerLocalScheduleCount(int worker);

    /**
     * How often a worker's own queue overflowed into the shared one.
     *
     * @param worker from 0
     * @return the count
     */
    long workerOverflowCount(int worker);

    /**
     * How often a worker took the next task from its LIFO slot.
     *
     * @param worker from 0
     * @return the count
     */
    long workerLifoCount(int worker);

    /**
     * How long a worker was busy with tasks, neither asleep nor looking for some. Brought up to date now and then, and
     * when it runs out of tasks.
     *
     * @param worker from 0
     * @return the time
     */
    Duration workerTotalBusyDuration(int worker);

    /**
     * The mean time that one poll of a task takes on a worker. The latest polls count most, and an estimate stands for
     * them before the first ones; a current-thread runtime tells the mean of all its polls.
     *
     * @param worker from 0
     * @return the time
     */
    Duration workerMeanPollTime(int worker);

    /** {@return whether poll times are counted} */
    boolean pollTimeHistogramEnabled();

    /** {@return the number of buckets of poll times; 0 where they are not counted} */
    int pollTimeHistogramNumBuckets();

    /**
     * Tells what a bucket of poll times counts.
     *
     * @param bucket from 0
     * @return the durations
     * @throws IndexOutOfBoundsException where there is no such bucket
     */
    DurationRange pollTimeHistogramBucketRange(int bucket);

    /**
     * How many poll times of a worker were in a bucket.
     *
     * @param worker from 0
     * @param bucket from 0
     * @return the count; 0 where they are not counted
     * @throws IndexOutOfBoundsException where there is no such worker, or no such bucket
     */
    long pollTimeHistogramBucketCount(int worker, int bucket);

    /** {@return whether waiting times of runnable tasks are counted} */
    boolean scheduleLatencyHistogramEnabled();

    /** {@return the number of buckets of waiting times of runnable tasks; 0 where they are not counted} */
    int scheduleLatencyHistogramNumBuckets();

    /**
     * Tells what a bucket of waiting times of runnable tasks counts.
     *
     * @param bucket from 0
     * @return the durations
     * @throws IndexOutOfBoundsException where there is no such bucket
     */
    DurationRange scheduleLatencyHistogramBucketRange(int bucket);

    /**
     * How many waiting times of runnable tasks of a worker were in a bucket.
     *
     * @param worker from 0
     * @param bucket from 0
     * @return the count; 0 where they are not counted
     * @throws IndexOutOfBoundsException where there is no such worker, or no such bucket
     */
    long scheduleLatencyHistogramBucketCount(int worker, int bucket);

    /**
     * {@return the number of timers that somebody waits for: polled, and neither fired nor cancelled}
     */
    long numRegisteredTimers();

    /** {@return how many file descriptors were registered with the I/O driver so far} */
    long ioDriverFdRegisteredCount();

    /** {@return how many file descriptors were deregistered so far} */
    long ioDriverFdDeregisteredCount();

    /** {@return how many readiness events the kernel delivered} */
    long ioDriverReadyCount();

    /** {@return how many events were published into slots nobody waited on, so that Java was not called} */
    long ioDriverQuietCount();

    /**
     * {@return how many slots are in use: registered sources and those not released yet; without the standard
     * streams, which stay registered as long as the runtime}
     */
    int ioDriverSlotsInUse();
}
