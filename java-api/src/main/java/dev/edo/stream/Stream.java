package dev.edo.stream;

import dev.edo.fs.DirEntry;
import dev.edo.fs.ReadDir;
import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.io.Lines;
import dev.edo.io.Split;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import dev.edo.net.UnixListener;
import dev.edo.net.UnixStream;
import dev.edo.runtime.Handle;
import dev.edo.signal.Signal;
import dev.edo.signal.SignalKind;
import dev.edo.sync.BroadcastReceiver;
import dev.edo.sync.MpscReceiver;
import dev.edo.sync.WatchReceiver;
import dev.edo.task.JoinResult;
import dev.edo.task.JoinSet;
import dev.edo.time.DelayQueue;
import dev.edo.time.Expired;
import dev.edo.time.Instant;
import dev.edo.time.Interval;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.BaseStream;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Values that will be there one after the other: what {@link Iterator} is to a value, this is to a
 * {@link Future}.
 *
 * <p>In direct style it is a loop, which waits for each element:
 *
 * <pre>{@code
 * var sessions = Stream.from(listener).then(Session::open).filter(Session::isTrusted);
 * for (var session : sessions.blockingIterable()) {
 *     serve(session);
 * }
 *
 * String line;
 * while ((line = input.next().await()) != null) {
 *     print(line);
 * }
 * }</pre>
 *
 * <p>A stream is lazy, is used once, and belongs to one task at a time. It carries no nulls. A combinator
 * owns the stream that it is called on, and those given to it: use the result only, or hand over
 * {@link #byRef()}. Who gives up on a stream before its end calls {@link #cancel()}.
 *
 * <p><em>Errors:</em> a failure is thrown by {@link #pollNext} in the place of an element, through whatever
 * combinators there are, and so fails {@link #next()} and everything that collects. It is not an element:
 * {@link #take} does not count it, {@link #filter} does not see it. Nor is it the end, unless
 * {@link #isTerminated()} says so: who polls again gets what comes next, for instance the next connection
 * after one that could not be accepted. A function given to a combinator that throws loses the element it was
 * given. What consumes a stream to its end ({@link #forEach}, {@link #fold}, {@link #collect},
 * {@link #toList}) cancels it at the first failure.
 *
 * <p><em>Cancel safety:</em> {@link #next()}, {@link #all} and {@link #any} borrow the stream: cancelling
 * them loses no element that they did not look at, and the stream can be used on. Cancelling what consumes
 * a stream cancels the stream.
 *
 * <p><em>Budget:</em> sources ask the budget of {@link Context}, so a loop over a stream that always has
 * something yields now and then. {@link #generate} and {@link #unfold} leave that to their futures: wrap those
 * that know no budget and never wait, as {@link Future#ready} and {@link Future#lazy}, by
 * {@link dev.edo.task.Coop#cooperative(Future)}.
 *
 * @param <T> the type of the elements
 * @see <a href="https://docs.rs/tokio-stream/latest/tokio_stream/trait.StreamExt.html">StreamExt</a>
 */
@CheckReturnValue
public interface Stream<T> {
    /**
     * Gives the next element as far as that is possible without waiting. Null stands for both <em>not
     * yet</em> and <em>never again</em>, and {@link #isTerminated()} tells the two apart:
     *
     * <pre>{@code
     * var element = stream.pollNext(cx);
     * if (element != null) {
     *     use(element);
     * } else if (stream.isTerminated()) {
     *     return Poll.ready();
     * } else {
     *     return Poll.pending(); // the stream has registered the waker of cx
     * }
     * }</pre>
     *
     * <p>A poll of a combinator allocates nothing besides the element; a source may need a future, or
     * what a channel answers with, for each element. Polling on after the end is allowed, and gives null.
     *
     * @param cx whom to wake, and the budget
     * @return the element; or null at the end, and when the context's waker has been registered
     * @throws Exception in the place of an element; the stream goes on unless {@link #isTerminated()}
     */
    @Nullable T pollNext(Context cx) throws Exception;

    /**
     * Tells what a poll that gave null meant. True before that only where the stream knows already that
     * nothing will come. For the task that polls.
     *
     * @return whether the stream has ended
     */
    boolean isTerminated();

    /**
     * Gives up: releases whatever the stream waits for or holds. A stream that was cancelled has ended.
     * Does nothing when it has ended already. Called by the task that would poll, never during a poll.
     */
    void cancel();

    /** {@return how many elements are still to come, as far as is known} */
    default SizeHint sizeHint() {
        return SizeHint.UNKNOWN;
    }

    /**
     * Waits for the next element. As failures are exceptions, this is Tokio's {@code try_next}, too.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @return the element, or null at the end
     */
    default Future<@Nullable T> next() {
        return new NextFuture<>(this);
    }

    /**
     * Takes the next element if it is there without waiting. Not to be called while a task waits for
     * {@link #next()}, which it would keep from being woken.
     *
     * @return the element; or null, where {@link #isTerminated()} tells the end from a wait
     * @throws Exception what came in the place of an element
     */
    default @Nullable T tryNext() throws Exception {
        return pollNext(NoWaker.CONTEXT);
    }

    /**
     * Applies a function to each element.
     *
     * @param mapper runs in the poll and must not block in stackless tasks; does not return null
     * @param <R> the type of the results
     * @return the results
     */
    default <R> Stream<R> map(Function<? super T, ? extends R> mapper) {
        return new MapStream<>(this, mapper);
    }

    /**
     * Keeps the elements that match.
     *
     * @param predicate says which
     * @return the others are left out
     */
    default Stream<T> filter(Predicate<? super T> predicate) {
        return new FilterStream<>(this, predicate);
    }

    /**
     * Applies a function to each element and keeps the results that are not null.
     *
     * @param mapper returns null to leave an element out
     * @param <R> the type of the results
     * @return the results
     */
    default <R> Stream<R> filterMap(Function<? super T, ? extends @Nullable R> mapper) {
        return new FilterMapStream<>(this, mapper);
    }

    /**
     * Waits for a future made from each element, one after the other.
     *
     * <p><em>Cancel safety:</em> the future in progress stays with the stream when {@link #next()} is
     * cancelled, and the next call goes on with it.
     *
     * @param next makes the futures; their values are not null
     * @param <R> the type of their values
     * @return the values
     */
    default <R> Stream<R> then(Function<? super T, ? extends Future<? extends R>> next) {
        return new ThenStream<>(this, next);
    }

    /**
     * Applies a function to each element until it returns null, then ends and cancels this stream.
     *
     * @param mapper returns null to end the stream; the element is lost
     * @param <R> the type of the results
     * @return the results before that
     */
    default <R> Stream<R> mapWhile(Function<? super T, ? extends @Nullable R> mapper) {
        return new MapWhileStream<>(this, mapper);
    }

    /**
     * Ends after some elements, and cancels this stream as soon as it gave them;
     * {@code stream.byRef().take(n)} leaves the rest to be used.
     *
     * @param count how many at most
     * @return the first elements
     * @throws IllegalArgumentException when the count is negative
     */
    default Stream<T> take(long count) {
        return new TakeStream<>(this, count);
    }

    /**
     * Ends at the first element that does not match, which is lost, and cancels this stream.
     *
     * @param predicate says which elements go on
     * @return the elements before that
     */
    default Stream<T> takeWhile(Predicate<? super T> predicate) {
        return new TakeWhileStream<>(this, predicate);
    }

    /**
     * Leaves the first elements out.
     *
     * @param count how many
     * @return the others
     * @throws IllegalArgumentException when the count is negative
     */
    default Stream<T> skip(long count) {
        return new SkipStream<>(this, count);
    }

    /**
     * Leaves elements out until one does not match.
     *
     * @param predicate says which; not asked any more after that
     * @return that one and all after it
     */
    default Stream<T> skipWhile(Predicate<? super T> predicate) {
        return new SkipWhileStream<>(this, predicate);
    }

    /**
     * Gives this stream's elements and then another one's.
     *
     * @param other polled first when this one has ended
     * @return both, one after the other
     */
    default Stream<T> chain(Stream<? extends T> other) {
        return new ChainStream<>(this, other);
    }

    /**
     * Gives two streams' elements as they come. Where both always have something, they take turns. For
     * more than a few streams use a {@link StreamMap}.
     *
     * @param other the other stream
     * @return both; ends when both have ended
     */
    default Stream<T> merge(Stream<? extends T> other) {
        return new MergeStream<>(this, other);
    }

    /**
     * Makes sure that this stream is not polled after its end. Streams and combinators of this package
     * need that not; a stream of one's own that does not keep the contract may.
     *
     * @return the same, with an end that is final
     */
    default Stream<T> fuse() {
        return new FuseStream<>(this);
    }

    /**
     * A view for combinators that shall not own this stream: cancelling or ending the view leaves the
     * stream as it is.
     *
     * <pre>{@code
     * var header = lines.byRef().takeWhile(line -> !line.isEmpty()).toList().await();
     * var body = lines.toList().await();
     * }</pre>
     *
     * @return this stream's elements; do not use both at the same time
     */
    default Stream<T> byRef() {
        return new BorrowedStream<>(this);
    }

    /**
     * Makes it possible to look at the next element before it is taken.
     *
     * @return the same elements
     */
    default Peekable<T> peekable() {
        return new Peekable<>(this);
    }

    /**
     * Gives an empty element more when this stream ends, which in a {@link StreamMap} tells whose end it
     * was.
     *
     * @return the elements, and at last an empty one
     * @see <a href="https://docs.rs/tokio-stream/latest/tokio_stream/struct.StreamNotifyClose.html">StreamNotifyClose</a>
     */
    default Stream<Optional<T>> notifyClose() {
        return new NotifyCloseStream<>(this);
    }

    /**
     * Collects elements in lists, each given when it is full or when some time has passed since its first
     * element. At the end the rest is given without waiting.
     *
     * <p><em>Errors:</em> a poll outside a runtime, or where its time is not enabled, fails with
     * {@link IllegalStateException} and takes nothing.
     *
     * @param maxSize how many elements make a list full
     * @param timeout how long the first element of a list waits at most
     * @return the lists; none is empty
     * @throws IllegalArgumentException when {@code maxSize} is not larger than zero
     */
    default ChunksTimeout<T> chunksTimeout(int maxSize, Duration timeout) {
        return new ChunksTimeout<>(this, maxSize, timeout);
    }

    /**
     * Keeps a pause after each element, and after each failure: the stream is not polled in the meantime.
     *
     * <p><em>Errors:</em> as of {@link #chunksTimeout}, unless there is no pause.
     *
     * @param pause from one element to the next poll; none or less for no pause
     * @return the same elements, more slowly
     */
    default Stream<T> throttle(Duration pause) {
        return new ThrottleStream<>(this, pause);
    }

    /**
     * Fails with {@link dev.edo.time.Elapsed} when nothing comes for some time, once for each such silence.
     * The stream goes on after that; {@code try ... catch} around {@link #next()} decides.
     *
     * @param limit the longest wait, from this call and from each element on
     * @return the same elements
     * @throws IllegalStateException outside a runtime, or when its time is not enabled
     */
    default Stream<T> timeout(Duration limit) {
        return new TimeoutStream<>(this, limit);
    }

    /**
     * Fails with {@link dev.edo.time.Elapsed} at each tick of an interval that comes while this stream is
     * silent. Each element starts the interval anew. The stream goes on after each failure.
     *
     * @param interval the time from one failure to the next; its first tick is usually at once, see
     *     {@link Interval#startingAt}
     * @return the same elements
     */
    default Stream<T> timeoutRepeating(Interval interval) {
        return new TimeoutRepeatingStream<>(this, interval);
    }

    /**
     * Asks whether all elements match; looks at no more of them than that takes.
     *
     * <p><em>Cancel safety:</em> as a borrower leaves the stream where it stands; what it has asked about
     * is gone.
     *
     * @param predicate runs in the poll
     * @return false at the first element that does not match; true at the end
     */
    default Future<Boolean> all(Predicate<? super T> predicate) {
        return MatchFuture.all(this, predicate);
    }

    /**
     * Asks whether any element matches; looks at no more of them than that takes.
     *
     * <p><em>Cancel safety:</em> as a borrower leaves the stream where it stands; what it has asked about
     * is gone.
     *
     * @param predicate runs in the poll
     * @return true at the first element that matches; false at the end
     */
    default Future<Boolean> any(Predicate<? super T> predicate) {
        return MatchFuture.any(this, predicate);
    }

    /**
     * Puts all elements together.
     *
     * @param initial what to start from
     * @param folder makes the next value from the last one and an element
     * @param <A> the type of the value
     * @return the last value
     */
    default <A extends @Nullable Object> Future<A> fold(
            A initial, BiFunction<? super A, ? super T, ? extends A> folder) {
        return new FoldFuture<>(this, initial, folder);
    }

    /**
     * Collects all elements as the JDK's streams do.
     *
     * @param collector such as {@link java.util.stream.Collectors#toSet()}; its combiner is not used
     * @param <A> the type of what it collects in
     * @param <R> the type of the result
     * @return the result at the end
     */
    default <A extends @Nullable Object, R extends @Nullable Object> Future<R> collect(
            Collector<? super T, A, R> collector) {
        return new CollectFuture<>(this, collector);
    }

    /**
     * Collects all elements in a list.
     *
     * @return the elements at the end; the list cannot be changed
     */
    default Future<List<T>> toList() {
        return new ListFuture<>(this);
    }

    /**
     * Does something with each element.
     *
     * @param action runs in the poll and must not block in stackless tasks
     * @return completes at the end
     */
    default Future<@Nullable Void> forEach(Consumer<? super T> action) {
        return new ForEachFuture<>(this, action);
    }

    /**
     * The elements for a {@code for} loop that waits for each.
     *
     * <p><em>Blocking:</em> a task in direct style parks, and so does any other thread; not for stackless
     * tasks.
     *
     * <p><em>Errors:</em> the loop throws what the stream failed with, a checked exception in an
     * {@link java.io.UncheckedIOException} or {@link java.util.concurrent.CompletionException}; and a
     * {@link java.util.concurrent.CancellationException} where the task was aborted.
     *
     * <p><em>Cancel safety:</em> a loop that was left early leaves the stream where it stands: loop on, or
     * cancel it.
     *
     * @return an iterable over the elements that are still to come; each of its iterators takes from the
     *     same stream
     */
    default Iterable<T> blockingIterable() {
        return () -> new AwaitingIterator<>(this);
    }

    /**
     * The elements as a sequential stream of the JDK, whose terminal operation waits for each.
     *
     * <p><em>Blocking</em> and <em>Errors:</em> as in {@link #blockingIterable()}.
     *
     * @return a stream that is best used in {@code try (...)}: closing it cancels this one
     */
    default java.util.stream.Stream<T> blockingStream() {
        return AwaitingIterator.blockingStream(this);
    }

    /**
     * Bridges to code that expects a {@link Flow.Publisher}: a task on the current runtime sends the
     * elements to a subscriber, as many as that asks for. There can be one subscriber; others are
     * refused by {@code onError}.
     *
     * <p><em>Blocking:</em> the subscriber is called on a worker and must not block, as its contract says.
     *
     * <p><em>Errors:</em> a failure of this stream is {@code onError}, and its end. So is the shutdown of the
     * runtime, with a {@link java.util.concurrent.CancellationException}.
     *
     * @return keeps the rules of reactive streams
     * @throws IllegalStateException outside a runtime
     */
    default Flow.Publisher<T> toPublisher() {
        return new StreamPublisher<>(this, Handle.current());
    }

    /**
     * A stream of given elements.
     *
     * @param elements the elements; none is null
     * @param <T> their type
     * @return always has something until it ends
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    static <T> Stream<T> of(T... elements) {
        for (int i = 0; i < elements.length; i++) {
            if (elements[i] == null) {
                throw new NullPointerException("elements[" + i + "]=null; leave it out, a stream has no such element");
            }
        }
        return IterStream.of(List.of(elements));
    }

    /**
     * A stream of what is there already.
     *
     * @param elements iterated from this call on; none is null
     * @param <T> their type
     * @return always has something until it ends
     */
    static <T> Stream<T> iter(Iterable<? extends T> elements) {
        return IterStream.of(elements);
    }

    /**
     * A stream of what an iterator gives.
     *
     * @param elements called in the poll, so it must not block in stackless tasks; gives no null
     * @param <T> the type of the elements
     * @return always has something until it ends
     */
    static <T> Stream<T> iter(Iterator<? extends T> elements) {
        return IterStream.of(elements);
    }

    /**
     * A stream of what a stream of the JDK gives, which is closed at the end or when this is cancelled.
     *
     * @param elements run in the poll, so it must not block in stackless tasks; gives no null
     * @param <T> the type of the elements
     * @return always has something until it ends
     */
    static <T> Stream<T> iter(BaseStream<? extends T, ?> elements) {
        return IterStream.of(elements);
    }

    /**
     * A stream of one element.
     *
     * @param element the element
     * @param <T> its type
     * @return ends after it
     */
    static <T> Stream<T> once(T element) {
        return new OnceStream<>(element);
    }

    /**
     * A stream of nothing.
     *
     * @param <T> the type of the elements that never come
     * @return has ended
     */
    @SuppressWarnings("unchecked") // it has no elements
    static <T> Stream<T> empty() {
        return (Stream<T>) EmptyStream.INSTANCE;
    }

    /**
     * A stream that never gives anything and never ends.
     *
     * @param <T> the type of the elements that never come
     * @return ends when it is cancelled
     */
    static <T> Stream<T> pending() {
        return new PendingStream<>();
    }

    /**
     * A stream made of steps, each of which waits and then gives an element and what the next step starts
     * from. It ends at the first failure.
     *
     * <pre>{@code
     * Stream<Page> pages = Stream.unfold(firstUrl, url ->
     *     client.fetch(url).map(page -> page.isEmpty() ? null : new Unfolded<>(page, page.nextUrl())));
     * }</pre>
     *
     * @param seed what the first step starts from
     * @param step the step; its value is null at the end
     * @param <T> the type of the elements
     * @param <S> the type of what steps start from
     * @return the elements
     */
    static <T, S> Stream<T> unfold(
            S seed,
            Function<? super S, ? extends Future<? extends @Nullable Unfolded<? extends T, ? extends S>>>
                    step) {
        return new UnfoldStream<>(seed, step);
    }

    /**
     * A stream each of whose elements is the value of a future of its own: whatever is received, accepted
     * or read one by one.
     *
     * <pre>{@code
     * var requests = Stream.generate(connection::readRequest); // null when the peer has closed
     * }</pre>
     *
     * <p><em>Errors:</em> a future that fails does not end the stream.
     *
     * <p><em>Cancel safety:</em> when {@link #next()} is cancelled, the future in progress stays with the
     * stream, and the next call goes on with it.
     *
     * @param generator makes a future for each element, when that is asked for; its value is null at the
     *     end
     * @param <T> the type of the elements
     * @return the elements
     */
    static <T> Stream<T> generate(Supplier<? extends Future<? extends @Nullable T>> generator) {
        return new GenerateStream<>(generator, SizeHint.UNKNOWN);
    }

    /**
     * A stream of an interval's ticks.
     *
     * @param interval the interval; owned by the stream
     * @return never ends
     * @see <a href="https://docs.rs/tokio-stream/latest/tokio_stream/wrappers/struct.IntervalStream.html">IntervalStream</a>
     */
    static Stream<Instant> from(Interval interval) {
        return new GenerateStream<>(
                Objects.requireNonNull(interval, "interval")::tick, SizeHint.atLeast(Long.MAX_VALUE));
    }

    /**
     * A stream of the signals that a listener hears of, each as its kind.
     *
     * <pre>{@code
     * var signals = Stream.from(Signal.listen(SignalKind.hangup()))
     *         .merge(Stream.from(Signal.listen(SignalKind.userDefined1())));
     * for (var kind : signals.blockingIterable()) {
     *     IO.println("got " + kind);
     * }
     * }</pre>
     *
     * @param signal the listener; owned by the stream, which closes it when it is cancelled
     * @return never ends
     * @see <a href="https://docs.rs/tokio-stream/latest/tokio_stream/wrappers/struct.SignalStream.html">SignalStream</a>
     */
    static Stream<SignalKind> from(Signal signal) {
        return new SignalStream(signal);
    }

    /**
     * A stream of a delay queue's values, each when its delay is over. To wait for values that have yet to be
     * inserted into an empty queue, use {@code Stream.generate(queue::take)}.
     *
     * <pre>{@code
     * for (var expired : Stream.from(sessions).blockingIterable()) {
     *     close(expired.value());
     * }
     * }</pre>
     *
     * @param queue the queue, into which others may go on inserting; cancelling the stream leaves its values
     *     where they are
     * @param <T> the type of the values
     * @return has ended whenever a poll finds the queue empty, and goes on when something is inserted
     * @see <a href="https://docs.rs/tokio-util/latest/tokio_util/time/struct.DelayQueue.html#impl-Stream-for-DelayQueue%3CT%3E">DelayQueue,
     *     which is a stream itself</a>
     */
    static <T extends @Nullable Object> Stream<Expired<T>> from(DelayQueue<T> queue) {
        return new DelayQueueStream<>(queue);
    }

    /**
     * A stream of a listener's connections.
     *
     * <pre>{@code
     * for (var connection : Stream.from(listener).blockingIterable()) {
     *     Edo.spawn(() -> serve(connection));
     * }
     * }</pre>
     *
     * <p><em>Errors:</em> as {@link TcpListener#accept()} fails; the stream goes on.
     *
     * @param listener the listener; closing it stays with whoever opened it
     * @return never ends
     * @see <a href="https://docs.rs/tokio-stream/latest/tokio_stream/wrappers/struct.TcpListenerStream.html">TcpListenerStream</a>
     */
    static Stream<TcpStream> from(TcpListener listener) {
        return new GenerateStream<>(
                Objects.requireNonNull(listener, "listener")::accept, SizeHint.atLeast(Long.MAX_VALUE));
    }

    /**
     * A stream of the connections of a listener on a Unix domain socket.
     *
     * <p><em>Errors:</em> as {@link UnixListener#accept()} fails; the stream goes on.
     *
     * @param listener the listener; closing it stays with whoever opened it
     * @return never ends
     * @see <a href="https://docs.rs/tokio-stream/latest/tokio_stream/wrappers/struct.UnixListenerStream.html">UnixListenerStream</a>
     */
    static Stream<UnixStream> from(UnixListener listener) {
        return new GenerateStream<>(listener::accept, SizeHint.atLeast(Long.MAX_VALUE));
    }

    /**
     * A stream of an mpsc channel's messages.
     *
     * @param receiver the receiver; owned by the stream, which closes it when it is cancelled
     * @param <T> the type of the messages
     * @return ends as {@link MpscReceiver#recv} does
     * @see <a href="https://docs.rs/tokio-stream/latest/tokio_stream/wrappers/struct.ReceiverStream.html">ReceiverStream</a>
     */
    static <T> Stream<T> from(MpscReceiver<T> receiver) {
        return new ReceiverStream<>(receiver);
    }

    /**
     * A stream of a broadcast channel's messages.
     *
     * <p><em>Errors:</em> messages that were missed are a {@link BroadcastStreamRecvError} in their place;
     * the stream goes on.
     *
     * @param receiver the receiver; owned by the stream, which closes it in the end; gives no null
     * @param <T> the type of the messages
     * @return ends when all senders are closed
     * @see <a href="https://docs.rs/tokio-stream/latest/tokio_stream/wrappers/struct.BroadcastStream.html">BroadcastStream</a>
     */
    static <T> Stream<T> from(BroadcastReceiver<T> receiver) {
        return new BroadcastStream<>(receiver);
    }

    /**
     * A stream of a watch channel's values: the current one, and then the latest one whenever it has changed.
     *
     * @param receiver the receiver; owned by the stream, which closes it in the end; gives no null
     * @param <T> the type of the values
     * @return ends when all senders are closed
     * @see <a href="https://docs.rs/tokio-stream/latest/tokio_stream/wrappers/struct.WatchStream.html">WatchStream</a>
     */
    static <T> Stream<T> from(WatchReceiver<T> receiver) {
        return new WatchStream<>(receiver, true);
    }

    /**
     * A stream of a watch channel's values: the latest one whenever it has changed, and not the current one
     * where the receiver has seen it.
     *
     * @param receiver the receiver; owned by the stream, which closes it in the end; gives no null
     * @param <T> the type of the values
     * @return ends when all senders are closed
     * @see <a href="https://docs.rs/tokio-stream/latest/tokio_stream/wrappers/struct.WatchStream.html#method.from_changes">
     *     WatchStream::from_changes</a>
     */
    static <T> Stream<T> fromChanges(WatchReceiver<T> receiver) {
        return new WatchStream<>(receiver, false);
    }

    /**
     * A stream of the results of a set's tasks, as they end.
     *
     * @param tasks the tasks; owned by the stream, which aborts them when it is cancelled
     * @param <T> the type of their values
     * @return has ended whenever the set is empty
     * @see <a href="https://docs.rs/tokio-stream/latest/tokio_stream/wrappers/struct.JoinSetStream.html">JoinSetStream</a>
     */
    static <T extends @Nullable Object> Stream<JoinResult<T>> from(JoinSet<T> tasks) {
        return new JoinSetStream<>(tasks);
    }

    /**
     * A stream of lines.
     *
     * <p><em>Errors:</em> as {@link Lines#nextLine} fails; where that can go on, so does the stream.
     *
     * @param lines the lines; owned by the stream
     * @return ends with the source
     * @see <a href="https://docs.rs/tokio-stream/latest/tokio_stream/wrappers/struct.LinesStream.html">LinesStream</a>
     */
    static Stream<String> from(Lines lines) {
        return new GenerateStream<>(Objects.requireNonNull(lines, "lines")::nextLine, SizeHint.UNKNOWN);
    }

    /**
     * A stream of what a delimiter separates.
     *
     * <p><em>Errors:</em> as {@link Split#nextSegment} fails; where that can go on, so does the stream.
     *
     * @param split the segments; owned by the stream
     * @return ends with the source
     * @see <a href="https://docs.rs/tokio-stream/latest/tokio_stream/wrappers/struct.SplitStream.html">SplitStream</a>
     */
    static Stream<byte[]> from(Split split) {
        return new GenerateStream<>(Objects.requireNonNull(split, "split")::nextSegment, SizeHint.UNKNOWN);
    }

    /**
     * A stream of a directory's entries.
     *
     * <p><em>Errors:</em> as {@link ReadDir#nextEntry} fails, which is the end.
     *
     * @param entries the directory; owned by the stream, which closes it when it is cancelled
     * @return ends with the directory
     * @see <a href="https://docs.rs/tokio-stream/latest/tokio_stream/wrappers/struct.ReadDirStream.html">ReadDirStream</a>
     */
    static Stream<DirEntry> from(ReadDir entries) {
        return new ReadDirStream(entries);
    }

    /**
     * Bridges from a {@link Flow.Publisher}, with a few elements sent ahead.
     *
     * @param publisher subscribed to by the first poll
     * @param <T> the type of the elements
     * @return its elements; its {@code onError} is a failure, and the end
     */
    static <T> Stream<T> from(Flow.Publisher<? extends T> publisher) {
        return from(publisher, 32);
    }

    /**
     * Bridges from a {@link Flow.Publisher}.
     *
     * @param publisher subscribed to by the first poll
     * @param prefetch how many elements it may send before they are polled for
     * @param <T> the type of the elements
     * @return its elements; its {@code onError} is a failure, and the end
     * @throws IllegalArgumentException when {@code prefetch} is not from 1 to 2^30
     */
    static <T> Stream<T> from(Flow.Publisher<? extends T> publisher, int prefetch) {
        return new PublisherStream<>(publisher, prefetch);
    }
}
