package dev.edo.impl.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Future;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import dev.edo.runtime.Handle;
import dev.edo.runtime.RuntimeBuilder;
import dev.edo.task.JoinHandle;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/**
 * One worker sleeps in the drivers, the other one on its thread. An event comes; the task that it wakes blocks its worker,
 * the one that left the drivers, until another task has had an event of its own. Nobody is in the drivers any more, and
 * nobody has a reason to wake the other worker.
 */
class EagerDriverHandoffTest {
    private static RuntimeBuilder builder() {
        return Setup.TWO_WORKERS.builder();
    }

    /** Two connections, each with a task that reads one byte: the first one then blocks until the second one has read. */
    private static final class Scene implements AutoCloseable {
        private final CountDownLatch waiting = new CountDownLatch(2);
        private final CountDownLatch blocked = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);
        private final Socket toFirst = new Socket();
        private final Socket toSecond = new Socket();
        private final JoinHandle<Integer> first;
        private final JoinHandle<Integer> second;

        Scene(Handle handle) throws Exception {
            first = handle.spawn(reader(accepted(handle, toFirst)).then(n -> Future.lazy(() -> {
                blocked.countDown();
                Eventually.opened("the second task has read", release);
                return n;
            })));
            second = handle.spawn(reader(accepted(handle, toSecond)).map(n -> {
                release.countDown();
                return n;
            }));
            Eventually.opened("both tasks wait", waiting);
            allAsleep(handle);
        }

        private static TcpStream accepted(Handle handle, Socket client) throws Exception {
            return ContractTest.resultOf(handle.spawn(() -> {
                try (var listener = TcpListener.bind("127.0.0.1:0").await()) {
                    client.connect(listener.localAddress());
                    return listener.accept().await();
                }
            }));
        }

        private Future<Integer> reader(TcpStream stream) {
            var read = stream.read(ByteBuffer.allocateDirect(1));
            return Future.of(cx -> {
                var poll = read.poll(cx);
                waiting.countDown();
                return poll;
            });
        }

        private static void allAsleep(Handle handle) throws Exception {
            var metrics = handle.metrics();
            Eventually.until("both workers sleep", () ->
                    metrics.workerParkUnparkCount(0) % 2 == 1 && metrics.workerParkUnparkCount(1) % 2 == 1);
        }

        /** The event of the second task comes only when the first one blocks already. */
        void play() throws Exception {
            toFirst.getOutputStream().write(1);
            Eventually.opened("the first task blocks its worker", blocked);
            toSecond.getOutputStream().write(1);
        }

        void assertEnd() throws Exception {
            assertEquals(1, ContractTest.resultOf(second));
            assertEquals(1, ContractTest.resultOf(first));
        }

        @Override
        public void close() throws IOException {
            toFirst.close();
            toSecond.close();
        }
    }

    @Test
    void eventGetsThroughWhereTheDriversAreHandedOn() throws Exception {
        try (var running = Running.of(builder().enableEagerDriverHandoff())) {
            for (int i = 0; i < 20; i++) {
                try (var scene = new Scene(running.handle())) {
                    scene.play();
                    scene.assertEnd();
                }
            }
        }
    }

    /**
     * Otherwise it waits until some other thing wakes the idle worker; if not, the test above tests nothing. A worker that
     * was still on its way to sleep may have gone into the drivers in time, now and then.
     */
    @Test
    void eventWaitsWhereTheyAreNot() throws Exception {
        try (var running = Running.of(builder())) {
            boolean waited = false;
            for (int i = 0; i < 10 && !waited; i++) {
                try (var scene = new Scene(running.handle())) {
                    scene.play();
                    waited = !Eventually.within(Duration.ofMillis(200), scene.second::isFinished);
                    running.handle().spawn(Future.ready(1));
                    scene.assertEnd();
                }
            }
            assertTrue(waited, "the event got through ten times");
        }
    }
}
