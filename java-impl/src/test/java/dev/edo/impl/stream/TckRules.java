package dev.edo.impl.stream;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.testng.SkipException;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** Runs the rules of the Reactive Streams TCK, which is written for TestNG. */
final class TckRules {
    private TckRules() {}

    /**
     * A test for each rule but those that the TCK has only a name for. What is optional and not given is aborted.
     *
     * @param verification makes what has the rules as methods, a new one for each
     */
    static Stream<DynamicTest> of(Callable<?> verification) throws Exception {
        return annotated(verification.call(), Test.class)
                .filter(rule -> !rule.getName().startsWith("untested_"))
                .map(rule -> DynamicTest.dynamicTest(rule.getName(), () -> check(rule, verification.call())));
    }

    private static Stream<Method> annotated(Object verification, Class<? extends Annotation> with) {
        return Arrays.stream(verification.getClass().getMethods())
                .filter(method -> method.isAnnotationPresent(with))
                .sorted(Comparator.comparing(Method::getName));
    }

    private static void check(Method rule, Object verification) throws Throwable {
        callAll(verification, BeforeClass.class);
        callAll(verification, BeforeMethod.class);
        try {
            rule.invoke(verification);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SkipException skipped) {
                Assumptions.abort(skipped.getMessage());
            }
            throw e.getCause();
        } finally {
            callAll(verification, AfterClass.class);
        }
    }

    private static void callAll(Object verification, Class<? extends Annotation> annotatedWith)
            throws ReflectiveOperationException {
        for (var method : annotated(verification, annotatedWith).toList()) {
            method.invoke(verification);
        }
    }
}
