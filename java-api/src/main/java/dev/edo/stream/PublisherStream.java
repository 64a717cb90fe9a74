package dev.edo.stream;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Stream#from(Flow.Publisher)} returns: the subscriber that is polled.
 *
 * <p>Algorithm: a ring between one producer, the publisher, whose signals are serial, and one consumer, the
 * poller. The first poll subscribes. Only the poller requests and cancels, so these calls are serial, too:
 * it asks for a full ring first, and for more whenever three quarters have been taken. No more elements
 * are asked for than the ring has free slots, so it cannot overflow.
 *
 * <p>{@code tail}, {@code ended}: written by the producer, read by the poller; an element is written
 * before {@code tail}, and what is to be known of the end before {@code ended}. {@code waker}: written by
 * the poller, taken by the producer. {@code tail} or {@code ended} before {@code waker} there, {@code
 * waker} before both here, all volatile: either the poller sees the signal, or the producer sees the
 * waker. {@code subscription}: set once by the producer, or to {@link #CANCELLED} by the poller, by
 * compare-and-set; the same holds for it and {@code waker}. {@code head} and the counts are the poller's.
 *
 * <p>Origin: the rules of reactive-streams.org, version 1.0.4, section 2.
 */
final class PublisherStream<T> implements Stream<T>, Flow.Subscriber<T> {
    private static final VarHandle SUBSCRIPTION;
    private static final VarHandle WAKER;

    static {
        try {
            var lookup = MethodHandles.lookup();
            SUBSCRIPTION = lookup.findVarHandle(
                    PublisherStream.class, "subscription", Flow.Subscription.class);
            WAKER = lookup.findVarHandle(PublisherStream.class, "waker", Waker.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Stands for the subscription when this was cancelled or has ended. */
    private static final Flow.Subscription CANCELLED = new Flow.Subscription() {
        @Override
        public void request(long n) {
            // nobody asks
        }

        @Override
        public void cancel() {
            // was cancelled
        }
    };

    /** Null once this has subscribed. */
    private Flow.@Nullable Publisher<? extends T> publisher;

    private final @Nullable Object[] ring;
    private final int mask;
    private final int prefetch;
    private final int batch;

    private long head;
    private boolean requested;
    private int taken;
    private boolean terminated;

    private volatile long tail;
    private volatile boolean ended;
    private @Nullable Throwable failure;
    private boolean overflowed;
    private volatile @Nullable Waker waker;
    private volatile Flow.@Nullable Subscription subscription;

    PublisherStream(Flow.Publisher<? extends T> publisher, int prefetch) {
        if (prefetch <= 0 || prefetch > 1 << 30) {
            throw new IllegalArgumentException("prefetch=" + prefetch + " must be from 1 to 2^30;"
                    + " it is how many elements the publisher may send ahead");
        }
        this.publisher = Objects.requireNonNull(publisher, "publisher");
        this.prefetch = prefetch;
        int capacity = prefetch == 1 ? 1 : Integer.highestOneBit(prefetch - 1) << 1;
        this.ring = new Object[capacity];
        this.mask = capacity - 1;
        this.batch = prefetch - prefetch / 4;
    }

    @Override
    public @Nullable T pollNext(Context cx) throws Exception {
        if (terminated || !cx.pollProceed()) {
            return null;
        }
        var toSubscribe = publisher;
        if (toSubscribe != null) {
            publisher = null;
            subscribeTo(toSubscribe);
        }
        requestMore();
        var element = take();
        if (element == null) {
            if (waker != cx.waker()) {
                waker = cx.waker();
                requestMore();
            }
            boolean over = ended;
            element = take();
            if (element == null && !over) {
                return null;
            }
        }
        cx.madeProgress();
        return element != null ? element : finish();
    }

    @SuppressWarnings("unchecked") // a publisher of a subtype sends what this takes
    private void subscribeTo(Flow.Publisher<? extends T> from) {
        try {
            ((Flow.Publisher<T>) from).subscribe(this);
        } catch (Throwable t) {
            StreamFailure.cancelAfter(t, this::cancel);
            throw t;
        }
    }

    private void requestMore() {
        var upstream = subscription;
        if (upstream == null || ended) {
            return;
        }
        if (!requested) {
            requested = true;
            request(upstream, prefetch);
        } else if (taken >= batch) {
            long more = taken;
            taken = 0;
            request(upstream, more);
        }
    }

    /** Where this throws, nothing will come that could wake the poller. */
    private void request(Flow.Subscription upstream, long elements) {
        try {
            upstream.request(elements);
        } catch (Throwable t) {
            StreamFailure.cancelAfter(t, this::cancel);
            throw t;
        }
    }

    @SuppressWarnings("unchecked") // onNext puts nothing else there
    private @Nullable T take() {
        if (head == tail) {
            return null;
        }
        int slot = (int) head & mask;
        var element = (T) ring[slot];
        ring[slot] = null;
        head++;
        taken++;
        return element;
    }

    private @Nullable T finish() throws Exception {
        var thrown = failure;
        var upstream = release();
        if (thrown != null) {
            if (overflowed && upstream != null) {
                StreamFailure.cancelAfter(thrown, upstream::cancel);
            }
            throw StreamFailure.raise(thrown);
        }
        return null;
    }

    /** Lets go of all that this holds, and returns the subscription if there was one. */
    private Flow.@Nullable Subscription release() {
        terminated = true;
        publisher = null;
        failure = null;
        waker = null;
        var upstream = (Flow.Subscription) SUBSCRIPTION.getAndSet(this, CANCELLED);
        Arrays.fill(ring, null); // but for what the publisher is putting there now, if it is
        return upstream;
    }

    @Override
    public boolean isTerminated() {
        return terminated;
    }

    @Override
    public void cancel() {
        if (terminated) {
            return;
        }
        var upstream = release();
        if (upstream != null && (!ended || overflowed)) {
            upstream.cancel();
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        Objects.requireNonNull(newSubscription, "subscription");
        if (SUBSCRIPTION.compareAndSet(this, null, newSubscription)) {
            wake();
        } else {
            newSubscription.cancel();
        }
    }

    @Override
    public void onNext(T element) {
        Objects.requireNonNull(element, "element");
        if (ended || subscription == CANCELLED) {
            return;
        }
        long end = tail;
        int slot = (int) end & mask;
        if (ring[slot] != null) {
            overflowed = true;
            end(new IllegalStateException("the publisher sent more elements than were requested: prefetch="
                    + prefetch + "; it breaks rule 1.1 of reactive streams"));
            return;
        }
        ring[slot] = element;
        tail = end + 1;
        wake();
    }

    @Override
    public void onError(Throwable thrown) {
        end(Objects.requireNonNull(thrown, "throwable"));
    }

    @Override
    public void onComplete() {
        end(null);
    }

    private void end(@Nullable Throwable thrown) {
        if (!ended && subscription != CANCELLED) {
            failure = thrown;
            ended = true;
            wake();
        }
    }

    private void wake() {
        if (waker != null) {
            var waiting = (Waker) WAKER.getAndSet(this, null);
            if (waiting != null) {
                waiting.wake();
            }
        }
    }
}
