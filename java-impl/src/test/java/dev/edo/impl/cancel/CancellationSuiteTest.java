package dev.edo.impl.cancel;

import dev.edo.task.LocalPoolHandle;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Cancels every awaitable at every await point; prints the sum. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CancellationSuiteTest {
    private final CancelDriver driver = new CancelDriver();
    private final RuntimeWorld world = new RuntimeWorld();
    private final LocalPoolHandle pool = new LocalPoolHandle(1);
    private int futures;
    private int lost;

    @BeforeAll
    void start() {
        world.start();
    }

    private Stream<Catalogue> catalogues() {
        return Stream.of(
                new LockCatalogue(),
                new ChannelCatalogue(),
                new CombinatorCatalogue(),
                new TimeCatalogue(world),
                new TaskCatalogue(world),
                new NetCatalogue(world),
                new IoCatalogue(),
                new ReadCatalogue(),
                new NumberCatalogue(),
                new WriteCatalogue(),
                new CopyCatalogue(),
                new PollReadCatalogue(),
                new PollWriteCatalogue(),
                new SeekCatalogue(),
                new StreamCatalogue(),
                new DrainCatalogue(),
                new SourceCatalogue(world),
                new TimedStreamCatalogue(world),
                new CodecCatalogue(),
                new JoinCatalogue(world),
                new BranchCatalogue(),
                new SyncPollCatalogue(),
                new SpawnCatalogue(world, pool),
                new TaskFutureCatalogue(world));
    }

    @TestFactory
    Stream<DynamicTest> nothing_is_lost_at_any_await_point() {
        return catalogues()
                .flatMap(catalogue -> catalogue.entries().stream())
                .map(entry -> DynamicTest.dynamicTest(entry.name(), () -> cancelEverywhere(entry)));
    }

    private void cancelEverywhere(Catalogue.Entry entry) throws Exception {
        futures++;
        try {
            driver.run(entry);
        } catch (Throwable t) {
            lost++;
            throw t;
        }
    }

    @AfterAll
    void stop() {
        driver.close();
        pool.close();
        world.close();
        System.out.println(
                "cancellation: futures=" + futures + " points=" + driver.cancelPoints() + " lost=" + lost);
    }
}
