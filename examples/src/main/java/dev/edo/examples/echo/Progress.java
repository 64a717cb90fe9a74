package dev.edo.examples.echo;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Tells once per second how a run gets on: in one line on a terminal, in a line each elsewhere. */
final class Progress implements AutoCloseable {
    private static final String BACK_AND_CLEAR = "\r\u001b[K";

    private final LongSupplier replies;
    private final LongSupplier mismatches;
    private final PrintStream out;
    private final boolean terminal;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Starts telling.
     *
     * @param replies how many there were so far; called on a thread of its own
     * @param mismatches how many of them were wrong
     * @param out where to print
     * @param terminal whether a line may be rewritten there
     */
    Progress(LongSupplier replies, LongSupplier mismatches, PrintStream out, boolean terminal) {
        this.replies = replies;
        this.mismatches = mismatches;
        this.out = out;
        this.terminal = terminal;
        thread = Thread.ofPlatform().name("echo-progress").daemon().start(this::tell);
    }

    /** {@return whether standard output and input are a terminal} */
    static boolean isTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    static String line(long second, long repliesPerSecond, long mismatches) {
        return String.format(Locale.ROOT, "%4d s  %,9d requests/s%s",
                second, repliesPerSecond, mismatches == 0 ? "" : "  " + mismatches + " MISMATCHES");
    }

    /** Stops telling and, on a terminal, removes the line. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell() {
        try {
            long told = 0;
            long toldAtNanos = System.nanoTime();
            for (long second = 1; !closed.await(1, TimeUnit.SECONDS); second++) {
                long now = replies.getAsLong();
                long nowNanos = System.nanoTime();
                double perSecond = (now - told) * 1e9 / (nowNanos - toldAtNanos);
                String line = line(second, Math.round(perSecond), mismatches.getAsLong());
                out.print(terminal ? BACK_AND_CLEAR + line : line + System.lineSeparator());
                out.flush();
                told = now;
                toldAtNanos = nowNanos;
            }
            if (terminal) {
                out.print(BACK_AND_CLEAR);
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
