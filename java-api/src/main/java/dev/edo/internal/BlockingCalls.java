package dev.edo.internal;

import dev.edo.runtime.Handle;
import dev.edo.runtime.RuntimeShutdownException;
import dev.edo.spi.EdoProvider;
import dev.edo.spi.FileRing;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Where calls that block are made: on the blocking pool of the current runtime, or by a test. */
public interface BlockingCalls {
    /** The pool of whichever runtime the calling thread is inside of. */
    BlockingCalls OF_CURRENT_RUNTIME = new BlockingCalls() {
        @Override
        public <T extends @Nullable Object> JoinHandle<T> spawn(Callable<T> call) {
            return Handle.current().spawnBlocking(call);
        }

        @Override
        public <T extends @Nullable Object> @Nullable JoinHandle<T> spawnMandatory(Callable<T> call) {
            return EdoProvider.get().io().spawnMandatoryBlocking(call);
        }

        @Override
        public @Nullable FileRing fileRing() {
            return EdoProvider.get().io().fileRing();
        }
    };

    /** {@return the call, which is dropped if its runtime shuts down before it began} */
    <T extends @Nullable Object> JoinHandle<T> spawn(Callable<T> call);

    /** {@return the call, which is made whatever happens; null where the runtime has been shut down} */
    <T extends @Nullable Object> @Nullable JoinHandle<T> spawnMandatory(Callable<T> call);

    /** {@return what makes calls on files without a thread, or null} */
    default @Nullable FileRing fileRing() {
        return null;
    }

    /**
     * What a call failed with, for who waits for it.
     *
     * @param what the operation
     * @throws RuntimeException where the call threw one
     * @throws Error where the call threw one
     */
    static IOException failure(String what, JoinError e) {
        return switch (e.getCause()) {
            case IOException cause -> cause;
            case RuntimeException cause -> throw cause;
            case Error cause -> throw cause;
            case null -> dropped(what, e);
            default -> new IOException(what + " failed: " + e.getMessage(), e);
        };
    }

    private static IOException dropped(String what, JoinError e) {
        var failure = new RuntimeShutdownException(what + " failed: " + e.getMessage()
                + "; the blocking pool drops what has not begun when its runtime shuts down");
        failure.initCause(e);
        return failure;
    }
}
