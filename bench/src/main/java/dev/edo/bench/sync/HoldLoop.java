package dev.edo.bench.sync;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code for _ in 0..n { let g = acquire().await; use(&g); yield_now().await; drop(g) }}.
 *
 * @param <G> what is held
 */
final class HoldLoop<G extends AutoCloseable> implements Future<@Nullable Void> {
    private final Supplier<? extends Future<G>> acquire;
    private final Consumer<? super G> use;
    private int left;
    private @Nullable Future<G> acquiring;
    private @Nullable G held;
    private @Nullable Future<@Nullable Void> yielding;

    HoldLoop(int rounds, Supplier<? extends Future<G>> acquire, Consumer<? super G> use) {
        this.left = rounds;
        this.acquire = acquire;
        this.use = use;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws Exception {
        for (;;) {
            var guard = held;
            if (guard == null) {
                guard = pollAcquire(cx);
                if (guard == null) {
                    return left == 0 ? Poll.ready() : Poll.pending();
                }
            }
            var current = yielding;
            if (current == null) {
                current = Edo.yieldNow();
                yielding = current;
            }
            if (!current.poll(cx).isReady()) {
                return Poll.pending();
            }
            yielding = null;
            held = null;
            left--;
            guard.close();
        }
    }

    /** {@return what is held now; null when it is not there yet, or when no rounds are left} */
    private @Nullable G pollAcquire(Context cx) throws Exception {
        var current = acquiring;
        if (current == null) {
            if (left == 0) {
                return null;
            }
            current = acquire.get();
            acquiring = current;
        }
        if (!(current.poll(cx) instanceof Poll.Ready<G>(var guard))) {
            return null;
        }
        acquiring = null;
        held = guard;
        use.accept(guard);
        return guard;
    }
}
