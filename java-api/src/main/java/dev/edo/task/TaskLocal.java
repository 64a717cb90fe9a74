package dev.edo.task;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Future;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value that code finds without having it passed: the request that a task works on, say. It is
 * bound for the time of a scope, which is a future, however many threads poll it, or a piece of
 * direct-style code.
 *
 * <pre>{@code
 * static final TaskLocal<User> USER = TaskLocal.inheritable();
 *
 * Response serve(Request request) throws Exception {
 *     return USER.scope(request.user(), () -> answer(request)); // USER.get() works in answer, and in tasks it spawns
 * }
 * }</pre>
 *
 * <p>It is a {@link ScopedValue} that Edo also binds around the polls of a future. Code that knows
 * nothing of Edo reads and binds {@link #scopedValue()}, and {@link #of} makes a task local of a
 * scoped value that is there already. In direct style the binding is the virtual thread's own, and
 * what the JDK says of scoped values holds: the forks of a {@code StructuredTaskScope} see it too.
 *
 * <p>An <em>inheritable</em> task local is also bound in the tasks and blocking jobs that are
 * spawned within its scope, for their whole lives. Task locals are meant to be few and kept in
 * static final fields.
 *
 * @param <T> the type of the value
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/task/struct.LocalKey.html">tokio::task::LocalKey</a>
 */
public final class TaskLocal<T extends @Nullable Object> {
    /** All that are inheritable; the array is replaced, never changed. */
    private static final AtomicReference<TaskLocal<?>[]> INHERITABLES =
            new AtomicReference<>(new TaskLocal<?>[0]);

    private final ScopedValue<T> key;

    private TaskLocal(ScopedValue<T> key) {
        this.key = Objects.requireNonNull(key, "key");
    }

    /**
     * A task local that spawned tasks do not see.
     *
     * @param <T> the type of its value
     * @return a new one, not bound
     */
    public static <T extends @Nullable Object> TaskLocal<T> create() {
        return of(ScopedValue.newInstance());
    }

    /**
     * A task local that spawned tasks inherit.
     *
     * @param <T> the type of its value
     * @return a new one, not bound
     */
    public static <T extends @Nullable Object> TaskLocal<T> inheritable() {
        return inheritable(ScopedValue.newInstance());
    }

    /**
     * A task local around a scoped value, which spawned tasks do not see.
     *
     * @param key the scoped value
     * @param <T> the type of its value
     * @return reads and binds it
     */
    public static <T extends @Nullable Object> TaskLocal<T> of(ScopedValue<T> key) {
        return new TaskLocal<>(key);
    }

    /**
     * A task local around a scoped value, which spawned tasks inherit from now on, however it was
     * bound.
     *
     * @param key the scoped value
     * @param <T> the type of its value
     * @return reads and binds it
     */
    public static <T extends @Nullable Object> TaskLocal<T> inheritable(ScopedValue<T> key) {
        var local = new TaskLocal<>(key);
        INHERITABLES.updateAndGet(known -> {
            var more = Arrays.copyOf(known, known.length + 1);
            more[known.length] = local;
            return more;
        });
        return local;
    }

    // --- binding

    /**
     * Binds the value for the time of a future: during its polls and its cancellation.
     *
     * <p><em>Cancel safety:</em> the future's.
     *
     * @param value the value
     * @param future sees it
     * @param <R> the type of the future's value
     * @return the future, in the scope
     */
    @CheckReturnValue
    public <R extends @Nullable Object> TaskLocalFuture<T, R> scope(T value, Future<R> future) {
        return new TaskLocalFuture<>(value, ScopedValue.where(key, value), future);
    }

    /**
     * Binds the value for the time of a piece of code, which may wait.
     *
     * @param value the value
     * @param body sees it
     * @param <R> the type of its result
     * @return what it returns
     * @throws Exception what it throws
     */
    public <R extends @Nullable Object> R scope(T value, Callable<R> body) throws Exception {
        return ScopedValue.where(key, value).<R, Exception>call(Objects.requireNonNull(body, "body")::call);
    }

    /**
     * Binds the value for the time of a piece of code without a result, which may wait.
     *
     * @param value the value
     * @param body sees it
     * @throws Exception what it throws
     */
    public void scope(T value, Action body) throws Exception {
        ScopedValue.where(key, value).<@Nullable Void, Exception>call(() -> {
            body.run();
            return null;
        });
    }

    // --- reading

    /**
     * The value.
     *
     * @return what the innermost scope around the caller bound
     * @throws NoSuchElementException outside any scope
     */
    public T get() {
        if (!key.isBound()) {
            throw new NoSuchElementException("task local not bound here; run the code in"
                    + " taskLocal.scope(value, ...),"
                    + " or make it TaskLocal.inheritable() where a spawned task is to see it");
        }
        return key.get();
    }

    /** {@return the value, or null outside any scope} */
    public @Nullable T tryGet() {
        return key.isBound() ? key.get() : null;
    }

    /**
     * Applies a function to the value.
     *
     * @param function gets the value
     * @param <R> the type of the result
     * @return what the function returns
     * @throws NoSuchElementException outside any scope
     */
    public <R extends @Nullable Object> R with(Function<? super T, ? extends R> function) {
        return function.apply(get());
    }

    /** {@return whether the caller is in a scope} */
    public boolean isBound() {
        return key.isBound();
    }

    /** {@return the scoped value behind this} */
    public ScopedValue<T> scopedValue() {
        return key;
    }

    // --- inheritance

    /**
     * Binds the inheritable task locals of the caller in a future; spawning does that by itself, so
     * this is for futures that are handed to somebody else.
     *
     * <p><em>Cancel safety:</em> the future's.
     *
     * @param future the future
     * @param <R> the type of its value
     * @return a future that sees what the caller sees now; the same one where there is nothing to
     *     inherit
     */
    @CheckReturnValue
    public static <R extends @Nullable Object> Future<R> inherit(Future<R> future) {
        Objects.requireNonNull(future, "future");
        var carrier = inherited();
        return carrier == null ? future : new CarriedFuture<>(carrier, future);
    }

    /**
     * Binds the inheritable task locals of the caller in a piece of code; spawning does that by
     * itself, so this is for executors that know nothing of Edo.
     *
     * @param body the code
     * @param <R> the type of its result
     * @return code that sees what the caller sees now; the same where there is nothing to inherit
     */
    public static <R extends @Nullable Object> Callable<R> inherit(Callable<R> body) {
        Objects.requireNonNull(body, "body");
        var carrier = inherited();
        return carrier == null ? body : () -> carrier.<R, Exception>call(body::call);
    }

    private static ScopedValue.@Nullable Carrier inherited() {
        ScopedValue.Carrier carrier = null;
        for (var local : INHERITABLES.get()) {
            carrier = local.bindTo(carrier);
        }
        return carrier;
    }

    private ScopedValue.@Nullable Carrier bindTo(ScopedValue.@Nullable Carrier carrier) {
        if (!key.isBound()) {
            return carrier;
        }
        return carrier == null ? ScopedValue.where(key, key.get()) : carrier.where(key, key.get());
    }

    @Override
    public String toString() {
        return key.isBound() ? "TaskLocal[" + key.get() + "]" : "TaskLocal[not bound]";
    }
}
