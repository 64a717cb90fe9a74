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

    @TestFactory
    Stream<DynamicTest> nothing_is_lost_at_any_await_point() {
        return Catalogues.all(world, pool)
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
