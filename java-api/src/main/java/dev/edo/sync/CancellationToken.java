package dev.edo.sync;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Future;
import dev.edo.future.InfallibleFuture;
import org.jspecify.annotations.Nullable;

/**
 * Says to any number of tasks that it is time to stop; they listen where it suits them. Cancelling
 * is for good.
 *
 * <p>Tokens make a tree: cancelling a token cancels all that were derived from it, and nothing
 * above it. A token may be shared by any number of tasks and threads; there is no need for copies.
 *
 * <pre>{@code
 * var shutdown = CancellationToken.create();
 * Edo.spawn(() -> {
 *     try (var request = shutdown.child()) {
 *         switch (request.runUntilCancelled(answer(socket)).await()) {
 *             case UntilCancelled.Completed<Reply>(var reply) -> send(reply);
 *             case UntilCancelled.Cancelled<Reply> _ -> sayGoodbye(socket);
 *         }
 *     }
 *     return null;
 * });
 * shutdown.cancel();
 * }</pre>
 *
 * <p><em>Leaving the tree:</em> a token is kept alive by the token it was derived from. Where the
 * latter lives much longer, {@link #close} the child when it is not needed any more; a child that
 * is cancelled leaves by itself.
 *
 * <p><em>Blocking:</em> nothing here blocks, but for {@code await()}.
 *
 * @see <a href="https://docs.rs/tokio-util/latest/tokio_util/sync/struct.CancellationToken.html">tokio_util::sync::CancellationToken</a>
 */
public final class CancellationToken implements AutoCloseable {
    private final TokenNode node;

    private CancellationToken(TokenNode node) {
        this.node = node;
    }

    /** {@return a token that is not cancelled, and belongs to no other} */
    public static CancellationToken create() {
        return new CancellationToken(new TokenNode());
    }

    /**
     * Derives a token that is cancelled together with this one. Cancelling it leaves this one as it
     * is.
     *
     * @return the token; a cancelled one where this one is cancelled already
     * @throws IllegalStateException when this one is closed
     * @see <a href="https://docs.rs/tokio-util/latest/tokio_util/sync/struct.CancellationToken.html#method.child_token">CancellationToken::child_token</a>
     */
    public CancellationToken child() {
        return new CancellationToken(node.child());
    }

    /**
     * Cancels this token and all that were derived from it, and wakes whoever waits for any of
     * them. Does nothing when it is cancelled already.
     *
     * <p><em>Ordering:</em> not atomic: while this runs, some of the tokens are cancelled and
     * others are not yet. When it returns, all are; and what happened before is visible to whoever
     * sees a token cancelled.
     *
     * <p><em>Blocking:</em> none, however many tokens there are: it takes their number in time, and
     * holds no lock for longer than one of them takes.
     */
    public void cancel() {
        node.cancel();
    }

    /** {@return whether this token was cancelled, or one that it was derived from} */
    public boolean isCancelled() {
        return node.isCancelled();
    }

    /**
     * Waits until this token is cancelled.
     *
     * <p><em>Cancel safety:</em> nothing is lost; cancelling this future stops waiting, and has
     * nothing to do with cancelling the token.
     *
     * @return completes when it is cancelled; at the first poll, if it was before
     */
    @CheckReturnValue
    public InfallibleFuture<@Nullable Void> cancelled() {
        return new CancelledFuture(node);
    }

    /**
     * Runs a future unless and until this token is cancelled.
     *
     * <p>When the token is cancelled before the first poll, the future is cancelled without having
     * been polled. From then on the future is looked at first: if it completes and the token is
     * cancelled at the same time, its value counts.
     *
     * <p><em>Cancel safety:</em> as the future's.
     *
     * <p><em>Errors:</em> what the future fails with.
     *
     * @param future what to run; cancelled when the token is
     * @param <T> the type of its value
     * @return its value, or that the token was faster
     * @see <a href="https://docs.rs/tokio-util/latest/tokio_util/future/trait.FutureExt.html#method.with_cancellation_token">FutureExt::with_cancellation_token</a>
     */
    @CheckReturnValue
    public <T extends @Nullable Object> Future<UntilCancelled<T>> runUntilCancelled(Future<T> future) {
        return new RunUntilCancelled<>(node, future);
    }

    /**
     * Makes a guard that cancels this token when it is closed, so that leaving a block by whatever
     * way stops what was started inside.
     *
     * @return the guard
     */
    public DropGuard dropGuard() {
        return new DropGuard(this);
    }

    /**
     * Takes this token out of the tree: cancelling the token it was derived from does not reach it
     * any more. Those derived from it are from now on as if derived from that one; where there is
     * none, nothing cancels them but themselves. To be called when nobody waits for this token and
     * nobody derives tokens from it any more; whoever waits all the same waits for {@link #cancel}
     * of this very token. Idempotent.
     */
    @Override
    public void close() {
        node.close();
    }

    /**
     * For tests and invariant checks: whether the tree knows nothing of this token, and nobody
     * waits for it.
     */
    boolean isAlone() {
        return node.isAlone();
    }

    @Override
    public String toString() {
        return "CancellationToken[cancelled=" + isCancelled() + "]";
    }
}
