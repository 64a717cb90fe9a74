package dev.edo.test;

import dev.edo.runtime.RuntimeFlavor;
import dev.edo.runtime.UnhandledPanic;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A JUnit test that runs inside a runtime of its own: the method is a task in direct style, so it
 * may await, spawn and use sockets and timers, which are all enabled.
 *
 * <pre>{@code
 * @EdoTest(startPaused = true)
 * void givesUpAfterAnHour() throws Exception {
 *     var start = Instant.now();
 *     assertThrows(Elapsed.class, () -> Future.pending().timeout(Duration.ofHours(1)).await());
 *     assertElapsed(start, Duration.ofHours(1));
 * }
 * }</pre>
 *
 * <p>The method may take parameters of the types {@link dev.edo.runtime.EdoRuntime},
 * {@link dev.edo.runtime.Handle} and {@link dev.edo.runtime.RuntimeMetrics}; so may methods that
 * run before and after each test, which are not inside the runtime. With other kinds of tests, such
 * as {@code @ParameterizedTest}, register {@link EdoExtension} instead; the options have their
 * defaults then.
 *
 * <p><em>Leaks:</em> a test that passed and left tasks, sockets, timers or blocking jobs behind
 * fails, after they have had a second to end.
 *
 * <p><em>Hanging tests:</em> JUnit's {@code @Timeout} cancels the test's task.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/attr.test.html">#[tokio::test]</a>
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(EdoExtension.class)
public @interface EdoTest {
    /** {@return which scheduler the runtime has} */
    RuntimeFlavor flavor() default RuntimeFlavor.CURRENT_THREAD;

    /** {@return the number of workers, for {@link RuntimeFlavor#MULTI_THREAD}} */
    int workers() default 2;

    /**
     * Whether the clock stands still and moves only when there is nothing else to do; as in
     * {@link dev.edo.time.TestClock}.
     *
     * @return whether; only for {@link RuntimeFlavor#CURRENT_THREAD}
     */
    boolean startPaused() default false;

    /** {@return the name of the runtime; none where it is empty} */
    String name() default "";

    /**
     * What happens when a task throws. With {@link UnhandledPanic#SHUTDOWN_RUNTIME} the test fails, also where
     * nobody awaits that task.
     *
     * @return what; another than the default only for {@link RuntimeFlavor#CURRENT_THREAD}
     */
    UnhandledPanic unhandledPanic() default UnhandledPanic.IGNORE;

    /** {@return whether the test fails when it leaves something behind} */
    boolean leakCheck() default true;
}
