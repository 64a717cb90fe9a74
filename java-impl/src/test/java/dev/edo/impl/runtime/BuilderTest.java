package dev.edo.impl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.libc.CpuAffinity;
import dev.edo.runtime.EdoRuntime;
import dev.edo.runtime.RuntimeBuilder;
import dev.edo.runtime.RuntimeFlavor;
import dev.edo.runtime.UnhandledPanic;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Options: what is refused, and what arrives. */
class BuilderTest {
    private static Arguments bad(Consumer<BuilderImpl> call, String... mentions) {
        return Arguments.of(call, List.of(mentions));
    }

    static Stream<Arguments> badValues() {
        return Stream.of(
                bad(b -> b.workerThreads(0), "workerThreads=0", "1", "32767"),
                bad(b -> b.workerThreads(-1), "workerThreads=-1", "1"),
                bad(b -> b.workerThreads(32_768), "workerThreads=32768", "32767"),
                bad(b -> b.maxBlockingThreads(0), "maxBlockingThreads=0", "1"),
                bad(b -> b.threadKeepAlive(Duration.ofNanos(-1)), "threadKeepAlive=", "not negative"),
                bad(b -> b.threadStackSize(-1), "threadStackSize=-1", "65536"),
                bad(b -> b.threadStackSize(65_535), "threadStackSize=65535", "65536"),
                bad(b -> b.threadName(" "), "threadName=", "not blank"),
                bad(b -> b.name(""), "name=", "not blank"),
                bad(b -> b.eventInterval(0), "eventInterval=0", "1", "1000000"),
                bad(b -> b.eventInterval(1_000_001), "eventInterval=1000001", "1000000"),
                bad(b -> b.globalQueueInterval(0), "globalQueueInterval=0", "1"),
                bad(b -> b.globalQueueInterval(-7), "globalQueueInterval=-7", "1000000"),
                bad(b -> b.maxIoEventsPerTick(0), "maxIoEventsPerTick=0", "65536"),
                bad(b -> b.maxIoEventsPerTick(65_537), "maxIoEventsPerTick=65537", "65536"),
                bad(b -> b.localQueueCapacity(3), "localQueueCapacity=3", "power of two"),
                bad(b -> b.localQueueCapacity(2), "localQueueCapacity=2", "4"));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void badValueIsRefusedWithItsNameAndRange(Consumer<BuilderImpl> call, List<String> mentions) {
        var builder = new BuilderImpl();
        var message = assertThrows(IllegalArgumentException.class, () -> call.accept(builder)).getMessage();
        for (var mention : mentions) {
            assertTrue(message.contains(mention), () -> "no \"" + mention + "\" in: " + message);
        }
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                bad(b -> b.multiThread().enableTime().startPaused(true), "startPaused", "currentThread()"),
                bad(b -> b.currentThread().startPaused(true), "startPaused", "enableTime()"),
                bad(b -> b.multiThread().unhandledPanic(UnhandledPanic.SHUTDOWN_RUNTIME), "unhandledPanic",
                        "currentThread()"),
                bad(b -> b.currentThread().workerAffinity(worker -> 0), "workerAffinity", "multiThread()"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void contradictingOptionsAreRefusedWhenBuilding(Consumer<BuilderImpl> options, List<String> mentions) {
        var builder = new BuilderImpl();
        options.accept(builder);
        var message = assertThrows(IllegalArgumentException.class, builder::build).getMessage();
        for (var mention : mentions) {
            assertTrue(message.contains(mention), () -> "no \"" + mention + "\" in: " + message);
        }
    }

    /** A worker that died of it would be missed by its tasks, and by close(). */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aProcessorThatIsRefusedIsToldWhenBuilding() {
        var builder = new BuilderImpl();
        builder.workerThreads(2).workerAffinity(worker -> worker == 0 ? CpuAffinity.allowed().nextSetBit(0) : -1);
        var message = assertThrows(IllegalArgumentException.class, builder::build).getMessage();
        assertTrue(message.contains("workerAffinity") && message.contains("cpu=-1"), message);
    }

    /** What gives the processors out may remember which it has given. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void theProcessorOfAWorkerIsAskedForOnce() throws Exception {
        int cpu = CpuAffinity.allowed().nextSetBit(0);
        var asked = new AtomicInteger();
        var builder = EdoRuntime.builder().workerThreads(2).workerAffinity(_ -> {
            if (asked.incrementAndGet() > 2) {
                throw new IllegalStateException("no processor is left");
            }
            return cpu;
        });
        Eventually.returns("the runtime", () -> {
            try (var runtime = builder.build()) {
                var handedOff = runtime.spawn(Future.lazy(() -> Edo.blockInPlace(() -> 1)));
                assertEquals(1, runtime.blockOn(handedOff));
            }
            return null;
        });
        assertEquals(2, asked.get());
    }

    static Stream<Consumer<BuilderImpl>> nulls() {
        return Stream.of(
                b -> b.threadKeepAlive(nothing()),
                b -> b.threadName(BuilderTest.<Supplier<String>>nothing()),
                b -> b.threadName(BuilderTest.<String>nothing()),
                b -> b.name(nothing()),
                b -> b.onThreadStart(nothing()),
                b -> b.onThreadStop(nothing()),
                b -> b.onThreadPark(nothing()),
                b -> b.onThreadUnpark(nothing()),
                b -> b.onTaskSpawn(nothing()),
                b -> b.onTaskTerminate(nothing()),
                b -> b.onBeforeTaskPoll(nothing()),
                b -> b.onAfterTaskPoll(nothing()),
                b -> b.unhandledPanic(nothing()),
                b -> b.workerAffinity(nothing()),
                b -> b.metricsPollTimeHistogramConfiguration(nothing()),
                b -> b.metricsScheduleLatencyHistogramConfiguration(nothing()));
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void nullIsRefusedAtOnce(Consumer<BuilderImpl> call) {
        var builder = new BuilderImpl();
        assertThrows(NullPointerException.class, () -> call.accept(builder));
    }

    @SuppressWarnings({"NullAway", "DataFlowIssue"}) // what a caller without a null checker may pass
    private static <T> T nothing() {
        return null;
    }

    @Test
    void extremeValuesAreAccepted() {
        RuntimeBuilder builder = new BuilderImpl();
        builder.workerThreads(1).maxBlockingThreads(Integer.MAX_VALUE - 32_767).threadKeepAlive(Duration.ZERO)
                .threadStackSize(65_536).eventInterval(1).globalQueueInterval(1).maxIoEventsPerTick(1)
                .threadKeepAlive(Duration.ofSeconds(Long.MAX_VALUE)).enableAll();
        try (var runtime = builder.build()) {
            assertEquals(1, runtime.metrics().numWorkers());
        }
    }

    @Test
    void runtimeWithExtremeValuesRunsTasks() throws Exception {
        RuntimeBuilder builder = new BuilderImpl();
        builder.workerThreads(1).eventInterval(1).globalQueueInterval(1).maxIoEventsPerTick(1).enableAll();
        try (var runtime = builder.build()) {
            for (int i = 0; i < 100; i++) {
                int own = i;
                assertEquals(i, runtime.blockOn(runtime.spawn(() -> own)));
                assertEquals(i, runtime.blockOn(runtime.spawn(Future.ready(own))));
            }
        }
    }

    @Test
    void factsAreThoseOfTheBuilder() {
        try (var runtime = EdoRuntime.builder().workerThreads(3).name("orders").build();
                var other = EdoRuntime.builder().currentThread().build()) {
            assertEquals(RuntimeFlavor.MULTI_THREAD, runtime.flavor());
            assertEquals(3, runtime.metrics().numWorkers());
            assertEquals("orders", runtime.name());
            assertTrue(runtime.handle().toString().contains("orders"));
            assertEquals(runtime.id(), runtime.handle().id());
            assertEquals(RuntimeFlavor.CURRENT_THREAD, other.flavor());
            assertEquals(1, other.metrics().numWorkers());
            assertNull(other.name());
            assertNotEquals(runtime.id(), other.id());
        }
    }

    @Test
    void sleepWithoutTimeSaysHowToEnableIt() {
        try (var runtime = EdoRuntime.builder().currentThread().name("bare").build(); var _ = runtime.enter()) {
            var message = assertThrows(IllegalStateException.class,
                    () -> Edo.sleep(Duration.ZERO)).getMessage();
            assertTrue(message.contains("enableTime()") && message.contains("bare"), message);
        }
    }

    @Test
    void timeoutWithoutTimeSaysHowToEnableIt() {
        try (var runtime = EdoRuntime.builder().currentThread().name("bare").build()) {
            var message = assertThrows(IllegalStateException.class, () -> Eventually.returns("blockOn",
                    () -> runtime.blockOn(() -> Edo.timeout(Duration.ofMillis(20), Future.pending()).await())))
                    .getMessage();
            assertTrue(message.contains("enableTime()") && message.contains("bare"), message);
        }
    }

    @Test
    void namesOfRuntimesAreTheirOwn() {
        for (var builder : List.of(EdoRuntime.builder().currentThread(), EdoRuntime.builder().workerThreads(1))) {
            try (var nameless = builder.build();
                    var first = builder.name("first").build();
                    var second = builder.name("second").build()) {
                assertNull(nameless.handle().name());
                assertEquals("first", first.handle().name());
                assertEquals("second", second.handle().name());
                assertEquals(first.id(), first.handle().id());
                assertNotEquals(first.id(), second.id());
            }
        }
    }

    @Test
    void threadsAreNamedAndNumbered() throws Exception {
        var names = ConcurrentHashMap.<String>newKeySet();
        try (var runtime = EdoRuntime.builder().workerThreads(2).threadName("pier")
                .onThreadStart(() -> names.add(Thread.currentThread().getName())).build()) {
            runtime.blockOn(runtime.spawnBlocking(() -> 1));
            Eventually.until(names::toString, () -> names.size() == 3);
        }
        assertEquals(Set.of("pier-0", "pier-1", "pier-2"), names);
    }

    @Test
    void threadsAreNamedOneByOne() throws Exception {
        var names = ConcurrentHashMap.<String>newKeySet();
        var next = new AtomicInteger('a');
        try (var runtime = EdoRuntime.builder().workerThreads(2).threadName(() -> "t" + (char) next.getAndIncrement())
                .onThreadStart(() -> names.add(Thread.currentThread().getName())).build()) {
            runtime.blockOn(runtime.spawnBlocking(() -> 1));
            Eventually.until(names::toString, () -> names.size() == 3);
        }
        assertEquals(Set.of("ta", "tb", "tc"), names);
    }

    @Test
    void whatIsMissingIsNamed() {
        var builder = new BuilderImpl();
        var name = assertThrows(NullPointerException.class, () -> builder.name(nothing()));
        assertEquals("name", name.getMessage());
        var threadName = assertThrows(
                NullPointerException.class, () -> builder.threadName(BuilderTest.<String>nothing()));
        assertEquals("threadName", threadName.getMessage());
        builder.workerThreads(1).threadName(() -> nothing());
        var supplied = assertThrows(NullPointerException.class, builder::build);
        assertTrue(supplied.getMessage().startsWith("threadName: the supplier returned null"), supplied::toString);
    }

    @Test
    void threadsAreDaemonsWithTheDefaultName() throws Exception {
        try (var runtime = EdoRuntime.builder().workerThreads(1).build()) {
            runtime.blockOn(runtime.spawn(Future.lazy(() -> {
                assertTrue(Thread.currentThread().isDaemon());
                assertEquals("edo-worker-0", Thread.currentThread().getName());
                return null;
            })));
        }
    }

    @ParameterizedTest
    @CsvSource({"edo.workers, abc, 1 to 32767", "edo.workers, 0, 1 to 32767", "edo.io.maxSlots, abc, 1 to 67108864",
            "edo.io.maxSlots, 1e6, 1 to 67108864", "edo.io.maxSlots, 0, 1 to 67108864"})
    void badPropertyIsRefusedWithItsNameValueAndRange(String property, String value, String range) {
        var builder = new BuilderImpl().enableAll();
        System.setProperty(property, value);
        try {
            var message = assertThrows(IllegalArgumentException.class, builder::build).getMessage();
            assertTrue(message.contains(property + "=" + value), message);
            assertTrue(message.contains(range), message);
        } finally {
            System.clearProperty(property);
        }
    }

    /** A builder describes; it can build more than one runtime. */
    @Test
    void builderBuildsTwice() throws Exception {
        RuntimeBuilder builder = new BuilderImpl();
        builder.workerThreads(1).enableAll();
        try (var first = builder.build(); var second = builder.build()) {
            assertNotEquals(first.id(), second.id());
            assertEquals(1, first.blockOn(first.spawn(() -> 1)));
            assertEquals(2, second.blockOn(second.spawn(() -> 2)));
        }
    }
}
