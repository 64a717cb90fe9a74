package dev.edo.impl.stream;

import dev.edo.impl.contract.Running;
import dev.edo.impl.contract.Setup;
import dev.edo.stream.Stream;
import java.util.concurrent.Flow;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;

/** {@link Stream#toPublisher()} by the rules of Reactive Streams. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublisherTckTest {
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
    public static final class Verification extends FlowPublisherVerification<Long> {
        private final Running running;

        Verification(Running running) {
            super(new TestEnvironment(TIMEOUT_MILLIS, NO_SIGNALS_MILLIS));
            this.running = running;
        }

        @Override
        public Flow.Publisher<Long> createFlowPublisher(long elements) {
            try (var _ = running.handle().enter()) {
                return Stream.iter(LongStream.range(0, elements).boxed()).toPublisher();
            }
        }

        /** One that had its one subscriber already. */
        @Override
        public Flow.Publisher<Long> createFailedFlowPublisher() {
            var publisher = createFlowPublisher(0);
            publisher.subscribe(new Unheeding<>());
            return publisher;
        }
    }
}
