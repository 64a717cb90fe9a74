package dev.edo.test;

import dev.edo.runtime.EdoRuntime;
import dev.edo.runtime.Handle;
import dev.edo.runtime.RuntimeMetrics;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Runs test methods inside a runtime; what is behind {@link EdoTest}. Register it where another
 * annotation makes the test:
 *
 * <pre>{@code
 * @ExtendWith(EdoExtension.class)
 * class LineServerTest {
 *     @ParameterizedTest
 *     @ValueSource(ints = {1, 10, 100})
 *     void servesManyAtOnce(int clients) throws Exception { ... }
 * }
 * }</pre>
 */
public final class EdoExtension
        implements BeforeEachCallback, AfterEachCallback, InvocationInterceptor, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(EdoExtension.class);

    /** For JUnit. */
    public EdoExtension() {}

    @Override
    public void beforeEach(ExtensionContext context) {
        store(context).put(TestRuntime.class, TestRuntime.start(TestOptions.of(context)));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        var running = store(context).remove(TestRuntime.class, TestRuntime.class);
        if (running != null) {
            running.stop(context.getExecutionException().isEmpty());
        }
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        running(context).run(invocation);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        running(context).run(invocation);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == EdoRuntime.class || type == Handle.class || type == RuntimeMetrics.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var runtime = running(context).runtime();
        var type = parameter.getParameter().getType();
        if (type == EdoRuntime.class) {
            return runtime;
        }
        return type == Handle.class ? runtime.handle() : runtime.metrics();
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }

    private static TestRuntime running(ExtensionContext context) {
        var running = store(context).get(TestRuntime.class, TestRuntime.class);
        if (running == null) {
            throw new IllegalStateException("no runtime for " + context.getDisplayName()
                    + "; runtimes are made before each test, so only its own methods can have one");
        }
        return running;
    }
}
