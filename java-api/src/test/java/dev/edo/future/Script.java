package dev.edo.future;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A future that ends at its n-th poll, and fails the test when it is polled or cancelled where the contract
 * forbids it.
 */
final class Script<T extends @Nullable Object> implements Future<T> {
    private final int endsAtPoll;
    private final T value;
    private final @Nullable Exception failure;
    private @Nullable List<String> log;
    private String name = "";
    private @Nullable RuntimeException cancelFailure;
    private int polls;
    private int cancels;

    private Script(int endsAtPoll, T value, @Nullable Exception failure) {
        this.endsAtPoll = endsAtPoll;
        this.value = value;
        this.failure = failure;
    }

    static <T extends @Nullable Object> Script<T> completes(int atPoll, T value) {
        return new Script<>(atPoll, value, null);
    }

    static Script<@Nullable String> fails(int atPoll, Exception failure) {
        return new Script<>(atPoll, null, failure);
    }

    static Script<@Nullable String> never() {
        return new Script<>(Integer.MAX_VALUE, null, null);
    }

    /** Writes each poll and cancel into a log that several scripts share. */
    Script<T> logging(List<String> sharedLog, String scriptName) {
        this.log = sharedLog;
        this.name = scriptName;
        return this;
    }

    Script<T> failingToCancel(RuntimeException thrown) {
        this.cancelFailure = thrown;
        return this;
    }

    @Override
    public Poll<T> poll(Context cx) throws Exception {
        if (cancels > 0 || ended()) {
            throw new AssertionError("polled after " + (ended() ? "its end" : "cancel()") + ": " + name);
        }
        polls++;
        note("poll ");
        if (!ended()) {
            return Poll.pending();
        }
        if (failure != null) {
            throw failure;
        }
        return Poll.ready(value);
    }

    @Override
    public void cancel() {
        if (ended()) {
            throw new AssertionError("cancelled after its end: " + name);
        }
        cancels++;
        note("cancel ");
        if (cancelFailure != null) {
            throw cancelFailure;
        }
    }

    private void note(String what) {
        if (log != null) {
            log.add(what + name);
        }
    }

    boolean ended() {
        return polls >= endsAtPoll;
    }

    int polls() {
        return polls;
    }

    int cancels() {
        return cancels;
    }
}
