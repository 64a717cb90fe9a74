package dev.edo.bench.peer;

import kotlin.Unit;
import kotlin.coroutines.Continuation;
import org.jspecify.annotations.Nullable;

/** A coroutine that runs without waiting. */
public final class RunCoroutine extends Coroutine {
    private final Runnable body;

    /**
     * Makes the lambda.
     *
     * @param body what it does
     */
    public RunCoroutine(Runnable body) {
        this(body, null);
    }

    private RunCoroutine(Runnable body, @Nullable Continuation<?> completion) {
        super(completion);
        this.body = body;
    }

    @Override
    protected Coroutine begin(Continuation<?> completion) {
        return new RunCoroutine(body, completion);
    }

    @Override
    protected Object resume() {
        body.run();
        return Unit.INSTANCE;
    }
}
