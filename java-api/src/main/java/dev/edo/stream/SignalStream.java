package dev.edo.stream;

import dev.edo.future.Context;
import dev.edo.signal.Signal;
import dev.edo.signal.SignalKind;
import org.jspecify.annotations.Nullable;

/** What {@link Stream#from(Signal)} returns. */
final class SignalStream implements Stream<SignalKind> {
    private final Signal signal;
    private boolean ended;

    SignalStream(Signal signal) {
        this.signal = signal;
    }

    @Override
    public @Nullable SignalKind pollNext(Context cx) {
        return !ended && signal.pollRecv(cx).isReady() ? signal.kind() : null;
    }

    @Override
    public boolean isTerminated() {
        return ended;
    }

    @Override
    public void cancel() {
        ended = true;
        signal.close();
    }

    @Override
    public SizeHint sizeHint() {
        return ended ? SizeHint.NONE : SizeHint.atLeast(Long.MAX_VALUE);
    }
}
