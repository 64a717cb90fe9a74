package dev.edo.bench.peer;

import java.util.List;
import java.util.function.Supplier;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.Job;
import org.jspecify.annotations.Nullable;

/** {@code val jobs = start(); for (job in jobs) job.join()}. */
public final class JoinCoroutine extends Coroutine {
    private final Supplier<List<Job>> start;
    private @Nullable List<Job> jobs;
    private int next;

    /**
     * Makes the lambda.
     *
     * @param start makes the jobs; the list is cleared at the end
     */
    public JoinCoroutine(Supplier<List<Job>> start) {
        this(start, null);
    }

    private JoinCoroutine(Supplier<List<Job>> start, @Nullable Continuation<?> completion) {
        super(completion);
        this.start = start;
    }

    /**
     * Runs it on the calling thread, which blocks meanwhile.
     *
     * @param start makes the jobs
     * @throws InterruptedException when interrupted
     */
    public static void runBlocking(Supplier<List<Job>> start) throws InterruptedException {
        BuildersKt.runBlocking(EmptyCoroutineContext.INSTANCE, new JoinCoroutine(start));
    }

    @Override
    protected Coroutine begin(Continuation<?> completion) {
        return new JoinCoroutine(start, completion);
    }

    @Override
    protected Object resume() {
        var waiting = jobs;
        if (waiting == null) {
            waiting = start.get();
            jobs = waiting;
        }
        while (next < waiting.size()) {
            if (waiting.get(next++).join(unit()) == SUSPENDED) {
                return SUSPENDED;
            }
        }
        waiting.clear();
        return Unit.INSTANCE;
    }
}
