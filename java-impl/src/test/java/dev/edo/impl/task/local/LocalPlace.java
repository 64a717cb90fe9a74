package dev.edo.impl.task.local;

import dev.edo.future.Future;
import dev.edo.impl.contract.Setup;
import dev.edo.runtime.Handle;
import dev.edo.runtime.LocalRuntime;
import dev.edo.task.LocalSet;
import dev.edo.task.LocalSpawner;
import org.jspecify.annotations.Nullable;

/** Where local tasks may live. */
enum LocalPlace {
    /** A local runtime. */
    LOCAL_RUNTIME {
        @Override
        void run(Body body) throws Exception {
            try (var runtime = LocalRuntime.create(); var _ = runtime.enter()) {
                body.run(runtime, new OfRuntime(runtime));
            }
        }
    },
    /** A set inside a local runtime, whose own tasks are local, too. */
    SET_IN_LOCAL_RUNTIME {
        @Override
        void run(Body body) throws Exception {
            try (var runtime = LocalRuntime.create(); var _ = runtime.enter(); var local = LocalSet.create()) {
                body.run(local, new OfSet(local, runtime.handle()));
            }
        }
    },
    /** A set inside a current-thread runtime. */
    SET_ON_CURRENT_THREAD {
        @Override
        void run(Body body) throws Exception {
            inSet(Setup.CURRENT_THREAD, body);
        }
    },
    /** A set inside a multi-thread runtime. */
    SET_BESIDE_WORKERS {
        @Override
        void run(Body body) throws Exception {
            inSet(Setup.TWO_WORKERS, body);
        }
    };

    /** What a test does there. */
    interface Body {
        void run(LocalSpawner local, Driver driver) throws Exception;
    }

    /** Waits for a future while the local tasks run; what polls it finds the place by itself. */
    interface Driver {
        <T extends @Nullable Object> T blockOn(Future<T> future) throws Exception;
    }

    private record OfRuntime(LocalRuntime runtime) implements Driver {
        @Override
        public <T extends @Nullable Object> T blockOn(Future<T> future) throws Exception {
            return runtime.blockOn(future);
        }
    }

    private record OfSet(LocalSet local, Handle runtime) implements Driver {
        @Override
        public <T extends @Nullable Object> T blockOn(Future<T> future) throws Exception {
            return local.blockOn(runtime, future);
        }
    }

    abstract void run(Body body) throws Exception;

    private static void inSet(Setup setup, Body body) throws Exception {
        try (var runtime = setup.builder().build(); var _ = runtime.enter(); var local = LocalSet.create()) {
            body.run(local, new OfSet(local, runtime));
        }
    }
}
