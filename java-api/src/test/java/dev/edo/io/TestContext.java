package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts wakes, and has a budget if one is set. */
final class TestContext implements Context, Waker {
    static final int TOO_MANY_POLLS = 100_000;

    final AtomicInteger wakes = new AtomicInteger();
    int budget = Integer.MAX_VALUE;
    boolean refused;

    @Override
    public Waker waker() {
        return this;
    }

    @Override
    public void wake() {
        wakes.incrementAndGet();
    }

    @Override
    public boolean pollProceed() {
        if (budget <= 0) {
            refused = true;
            return false;
        }
        return true;
    }

    @Override
    public void madeProgress() {
        budget--;
    }

    /** Polls once; fails where pending. */
    <T extends @Nullable Object> T now(Future<T> future) throws Exception {
        if (future.poll(this) instanceof Poll.Ready<T>(var value)) {
            return value;
        }
        throw new AssertionError("pending");
    }

    /** Polls until complete, whether woken or not. */
    static <T extends @Nullable Object> T complete(Future<T> future) throws Exception {
        var cx = new TestContext();
        for (int polls = 0; polls < TOO_MANY_POLLS; polls++) {
            if (future.poll(cx) instanceof Poll.Ready<T>(var value)) {
                return value;
            }
        }
        throw new AssertionError("pending for ever");
    }

    static ByteBuffer bytes(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static String text(ByteBuffer buffer) {
        return StandardCharsets.UTF_8.decode(buffer.duplicate()).toString();
    }
}
