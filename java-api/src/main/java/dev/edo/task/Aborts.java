package dev.edo.task;

import org.jspecify.annotations.Nullable;

/** Aborts several tasks: one whose abort throws keeps no other one from it. */
final class Aborts {
    private @Nullable Throwable failure;

    /** Aborts a task, and keeps what that throws. */
    void one(Runnable abort) {
        try {
            abort.run();
        } catch (RuntimeException | Error e) {
            if (failure == null) {
                failure = e;
            } else if (failure != e) {
                failure.addSuppressed(e);
            }
        }
    }

    /** Throws what was thrown first, with the others suppressed in it; does nothing where no abort threw. */
    void end() {
        switch (failure) {
            case null -> {}
            case Error error -> throw error;
            case Throwable unchecked -> throw (RuntimeException) unchecked;
        }
    }
}
