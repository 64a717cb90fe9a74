package dev.edo.impl.runtime;

import dev.edo.impl.libc.CpuAffinity;
import java.util.concurrent.FutureTask;
import java.util.function.IntUnaryOperator;

/**
 * Binds a thread to the processor of each worker in turn, before there are workers: one that is refused could tell
 * nobody, and would be missing.
 */
final class AffinityTrial {
    private AffinityTrial() {}

    /**
     * Asks the application once which processors they are: a worker takes the same one with each thread that drives it.
     *
     * @return what the application said
     * @throws IllegalArgumentException where the system refuses one of them
     */
    static IntUnaryOperator run(IntUnaryOperator cpuOfWorker, int workers) {
        var trial = new FutureTask<int[]>(() -> bindToEach(cpuOfWorker, workers));
        joinUninterruptibly(Thread.ofPlatform().daemon().name("edo-affinity").start(trial), trial);
        if (trial.state() == FutureTask.State.FAILED) {
            switch (trial.exceptionNow()) {
                case IllegalArgumentException e ->
                    throw new IllegalArgumentException("workerAffinity: " + e.getMessage(), e);
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case Throwable e -> throw new IllegalStateException("workerAffinity failed", e);
            }
        }
        var cpus = trial.resultNow();
        return worker -> cpus[worker];
    }

    private static int[] bindToEach(IntUnaryOperator cpuOfWorker, int workers) {
        var cpus = new int[workers];
        for (int worker = 0; worker < workers; worker++) {
            cpus[worker] = cpuOfWorker.applyAsInt(worker);
            CpuAffinity.pinCurrentThread(cpus[worker]);
        }
        return cpus;
    }

    private static void joinUninterruptibly(Thread thread, FutureTask<?> trial) {
        boolean interrupted = false;
        while (!trial.isDone()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
