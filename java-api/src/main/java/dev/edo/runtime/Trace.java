package dev.edo.runtime;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where something waits: a stack for each place. A task in direct style waits in one place. A stackless one waits
 * wherever a leaf of its future does, and a join of three futures in three places.
 *
 * <p>A future is traced by polling it with a context that {@linkplain Context#isTracing() traces}. A leaf that asks
 * {@link Context#pollProceed()} is noted, told no, and so does nothing; one that knows no budget is noted when it asks
 * for the {@linkplain Context#waker() waker}, and does whatever it always does. So nothing is lost, but what was told
 * no has registered nothing: another poll, without tracing, must follow. {@link Handle#dump()} does so by itself. To
 * find out what a future does that takes its time:
 *
 * <pre>{@code
 * Future<Reply> watched = Future.of(cx -> {
 *     if (!slow && System.nanoTime() - startNanos > LIMIT_NANOS) {
 *         slow = true;
 *         var captured = Trace.capture(request, cx);
 *         IO.println("slow:\n" + captured.trace());
 *         if (captured.result().isReady()) {
 *             return captured.result();
 *         }
 *     }
 *     return request.poll(cx);
 * });
 * }</pre>
 *
 * <p>Selects, joins and maps of streams that have very many branches poll those that were woken only: a trace shows
 * them as one place.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/dump/struct.Trace.html">tokio::runtime::dump::Trace</a>
 */
public final class Trace {
    private final List<List<StackTraceElement>> backtraces;

    private Trace(List<List<StackTraceElement>> backtraces) {
        this.backtraces = backtraces;
    }

    /**
     * A trace of known places.
     *
     * @param backtraces a stack for each, innermost frame first
     * @return the trace
     */
    public static Trace of(List<List<StackTraceElement>> backtraces) {
        return new Trace(backtraces.stream().map(List::copyOf).toList());
    }

    /**
     * A poll and what it was traced as.
     *
     * @param result what the poll returned: most often it is pending, and the future must be polled again
     * @param trace where the future waits
     * @param <T> the type of the future's value
     */
    public record Captured<T extends @Nullable Object>(Poll<T> result, Trace trace) {}

    /**
     * Polls a future to find out where it waits. The stacks begin at this call, so Tokio's {@code Trace::root} has no
     * counterpart.
     *
     * @param future what to poll; must be polled again unless it is ready now
     * @param context of the poll that calls
     * @param <T> the type of the future's value
     * @return the result of the poll, and the trace
     * @throws Exception what the future failed with
     * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/dump/struct.Trace.html#method.capture">Trace::capture</a>
     */
    public static <T extends @Nullable Object> Captured<T> capture(Future<T> future, Context context)
            throws Exception {
        var places = new TracedPlaces();
        var result = future.poll(new TracingContext(context, places::note));
        return new Captured<>(result, new Trace(places.all()));
    }

    /**
     * Polls a future and calls somebody at each place where a leaf waits, who may take a stack there, or count.
     *
     * @param future what to poll; must be polled again unless it is ready now
     * @param context of the poll that calls
     * @param atLeaf is called by each leaf that asks {@link Context#pollProceed()}
     * @param <T> the type of the future's value
     * @return what the poll returned
     * @throws Exception what the future failed with
     * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/dump/fn.trace_with.html">dump::trace_with</a>
     */
    public static <T extends @Nullable Object> Poll<T> traceWith(Future<T> future, Context context, Runnable atLeaf)
            throws Exception {
        Objects.requireNonNull(atLeaf, "atLeaf");
        return future.poll(new TracingContext(context, refused -> {
            if (refused) {
                atLeaf.run();
            }
        }));
    }

    /** {@return a stack for each place, innermost frame first} */
    public List<List<StackTraceElement>> backtraces() {
        return backtraces;
    }

    /**
     * Tells the places to people: one as a stack of the JVM's, innermost frame first; several as a tree that begins
     * with what they have in common.
     *
     * @return lines of text; the form may change
     */
    @Override
    public String toString() {
        return switch (backtraces.size()) {
            case 0 -> "(no leaf was polled that Edo knows of)";
            case 1 -> stack(backtraces.getFirst());
            default -> TraceTree.of(backtraces).toString();
        };
    }

    private static String stack(List<StackTraceElement> frames) {
        var text = new StringBuilder();
        for (var frame : frames) {
            text.append(text.isEmpty() ? "at " : "\nat ").append(describe(frame));
        }
        return text.isEmpty() ? "(no stack yet)" : text.toString();
    }

    /** A frame without the names of its module and class loader. */
    static String describe(StackTraceElement frame) {
        return new StackTraceElement(null, null, null, frame.getClassName(), frame.getMethodName(),
                frame.getFileName(), frame.getLineNumber()).toString();
    }
}
