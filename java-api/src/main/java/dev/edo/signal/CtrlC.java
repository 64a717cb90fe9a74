package dev.edo.signal;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.internal.SpentFuture;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One {@link Signal#ctrlC()}; owns a listener from its first poll to its end. */
final class CtrlC implements IoFuture<@Nullable Void> {
    private @Nullable Signal listener;
    private boolean ended;

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws IOException {
        if (ended) {
            throw SpentFuture.polledAgain();
        }
        var interrupts = listener;
        if (interrupts == null) {
            ended = true; // unless it can be listened to
            interrupts = Signal.listen(SignalKind.interrupt());
            listener = interrupts;
            ended = false;
        }
        var result = interrupts.pollRecv(cx);
        if (result.isReady()) {
            cancel();
        }
        return result;
    }

    @Override
    public void cancel() {
        ended = true;
        var interrupts = listener;
        listener = null;
        if (interrupts != null) {
            interrupts.close();
        }
    }
}
