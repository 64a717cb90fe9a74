package dev.edo.impl.cancel;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.impl.signal.Arrivals;
import dev.edo.signal.Signal;
import dev.edo.signal.SignalKind;
import dev.edo.stream.Stream;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Signals: one that was not received is there for the next wait, and Ctrl-C leaves no listener behind. */
final class SignalCatalogue extends Catalogue {
    private static final SignalKind KIND = SignalKind.userDefined1();

    SignalCatalogue() {
        receiving("Signal.recv()", Signal::recv, false);
        receiving("Signal.pollRecv(Context)", signal -> Polled.of(signal::pollRecv, waker -> {}), true);
        ctrlC("Signal.ctrlC()", Signal::ctrlC);
        ctrlC("Edo.ctrlC()", Edo::ctrlC);
        add("Stream.from(Signal): the wait", () -> {
            var stream = Stream.from(Signal.listen(KIND));
            return new Elements<>(stream, n -> Arrivals.of(KIND), 1, List.of(KIND), true).next(stream.next());
        });
        add("Stream.from(Signal): the stream", () -> {
            int before = Arrivals.listeners(KIND);
            var stream = Stream.from(Signal.listen(KIND));
            return new Elements<>(stream, n -> Arrivals.of(KIND), 1, List.of(KIND))
                    .ending(outcome -> expect("listeners", before, Arrivals.listeners(KIND)));
        });
    }

    private void receiving(String method, Function<Signal, Future<@Nullable Void>> wait, boolean leavesWaker) {
        add(method, () -> {
            int before = Arrivals.listeners(KIND);
            var signal = Signal.listen(KIND);
            var scenario = Scenario.of(wait.apply(signal))
                    .wokenBy(() -> Arrivals.of(KIND))
                    .losesNothing(outcome -> {
                        if (outcome.provoked() > outcome.one()) {
                            now("the signal that came", signal.recv());
                        }
                        notNow("another signal", signal.recv());
                    })
                    .finallyDo(() -> {
                        signal.close();
                        expect("listeners", before, Arrivals.listeners(KIND));
                    });
            return leavesWaker ? scenario.leavesItsWaker() : scenario;
        });
    }

    private void ctrlC(String method, Supplier<Future<@Nullable Void>> wait) {
        add(method, () -> {
            var kind = SignalKind.interrupt();
            int before = Arrivals.listeners(kind);
            return Scenario.of(wait.get())
                    .wokenBy(() -> Arrivals.of(kind))
                    .losesNothing(outcome -> expect("listeners", before, Arrivals.listeners(kind)));
        });
    }
}
