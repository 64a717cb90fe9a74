package dev.edo.impl.stream;

import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Running;
import dev.edo.impl.contract.Setup;
import dev.edo.stream.Stream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;

/** The subscriber that {@link Stream#from(Flow.Publisher)} is, by the rules of Reactive Streams. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubscriberTckTest {
    private static final long TIMEOUT_MILLIS = 2_000;
    private static final long NO_SIGNALS_MILLIS = 50;

    private final Running running = Setup.TWO_WORKERS.start();

    @AfterAll
    void close() throws Exception {
        running.close();
    }

    @TestFactory
    java.util.stream.Stream<DynamicTest> rule() throws Exception {
        return TckRules.of(() -> new Verification(running));
    }

    /** What the rules are checked with. */
    public static final class Verification extends FlowSubscriberBlackboxVerification<Long> {
        private final Running running;

        Verification(Running running) {
            super(new TestEnvironment(TIMEOUT_MILLIS, NO_SIGNALS_MILLIS));
            this.running = running;
        }

        /** The one of a stream whose elements a task takes to the end. */
        @Override
        public Flow.Subscriber<Long> createFlowSubscriber() {
            var subscriber = new CompletableFuture<Flow.Subscriber<? super Long>>();
            var unused = running.handle().spawn(
                    Stream.<Long>from((Flow.Publisher<Long>) subscriber::complete).forEach(_ -> {}));
            @SuppressWarnings("unchecked") // the publisher is one of Long
            var made = (Flow.Subscriber<Long>) subscriber.join();
            return made;
        }

        @Override
        public Long createElement(int element) {
            return (long) element;
        }
    }
}
