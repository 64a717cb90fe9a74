package dev.edo.bench.peer;

import kotlin.ResultKt;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.coroutines.jvm.internal.SuspendLambda;
import kotlin.jvm.functions.Function2;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineScope;
import kotlinx.coroutines.CoroutineStart;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.GlobalScope;
import kotlinx.coroutines.Job;
import org.jspecify.annotations.Nullable;

/** The body of a coroutine, in the form that the Kotlin compiler gives to a suspending lambda. */
public abstract class Coroutine extends SuspendLambda
        implements Function2<CoroutineScope, Continuation<? super Unit>, @Nullable Object> {
    /** What a suspending function returns when it has not finished. */
    public static final Object SUSPENDED = IntrinsicsKt.getCOROUTINE_SUSPENDED();

    /**
     * Makes the lambda, or one run of it.
     *
     * @param completion null for the lambda; who waits for the run
     */
    @SuppressWarnings("unchecked") // the compiler's own classes erase it as well
    protected Coroutine(@Nullable Continuation<?> completion) {
        super(2, (Continuation<Object>) completion);
    }

    /**
     * One run of the lambda.
     *
     * @param completion who waits for it
     * @return a copy with that completion
     */
    protected abstract Coroutine begin(Continuation<?> completion);

    /**
     * Goes on from where it was suspended.
     *
     * @return {@link #SUSPENDED}, or the result
     * @throws Exception what it fails with
     */
    protected abstract Object resume() throws Exception;

    /** {@return this run, as suspending functions take it that return nothing} */
    @SuppressWarnings({"unchecked", "rawtypes"})
    protected final Continuation<Unit> unit() {
        return (Continuation) this;
    }

    /** Starts it on {@code Dispatchers.Default}; {@return its job} */
    public final Job launch() {
        return BuildersKt.launch(
                GlobalScope.INSTANCE, Dispatchers.getDefault(), CoroutineStart.DEFAULT, this);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public final Continuation<Unit> create(@Nullable Object value, Continuation<?> completion) {
        return (Continuation) begin(completion);
    }

    @Override
    public final @Nullable Object invoke(CoroutineScope scope, Continuation<? super Unit> completion) {
        return begin(completion).invokeSuspend(Unit.INSTANCE);
    }

    @Override
    protected final Object invokeSuspend(Object result) {
        ResultKt.throwOnFailure(result);
        try {
            return resume();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
