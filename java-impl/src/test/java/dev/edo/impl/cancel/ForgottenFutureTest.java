package dev.edo.impl.cancel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Future;
import dev.edo.stream.Stream;
import dev.edo.stream.StreamMap;
import dev.edo.task.JoinHandle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * A future that was made and not awaited does nothing, and the compiler is silent. Static analysis speaks up where the
 * method is marked that made the future, or the class that declares the method; a mark on the future's own type speaks
 * of that type's methods, and so of {@code await()}, whose value may well be dropped.
 */
class ForgottenFutureTest {
    private static final String MARK = CheckReturnValue.class.descriptorString();

    @Test
    void whatMakesAFutureOrAStreamIsMarked() throws IOException {
        var unmarked = ApiMethods.all().stream()
                .filter(made -> mustBeUsed(made.method()) && !isMarked(made.method()))
                .map(ApiMethods.ApiMethod::name)
                .toList();
        assertEquals(List.of(), unmarked, "to be annotated with @CheckReturnValue");
    }

    @Test
    void awaitMayBeAStatement() throws Exception {
        assertFalse(isMarked(Future.class.getMethod("await")));
    }

    /** A task runs whether or not somebody keeps its handle. */
    private static boolean mustBeUsed(Method method) {
        var result = method.getReturnType();
        return (Future.class.isAssignableFrom(result) || result == Stream.class)
                && !JoinHandle.class.isAssignableFrom(result)
                && !method.getDeclaringClass().isRecord() // an accessor makes nothing
                && method.getDeclaringClass() != StreamMap.class; // gives out what was put in, as a map does
    }

    private static boolean isMarked(Method method) {
        var type = parse(method.getDeclaringClass());
        return hasMark(type)
                || type.methods().stream()
                        .filter(model -> model.methodName().equalsString(method.getName())
                                && model.methodType().equalsString(descriptor(method)))
                        .anyMatch(ForgottenFutureTest::hasMark);
    }

    private static String descriptor(Method method) {
        return MethodType.methodType(method.getReturnType(), method.getParameterTypes()).descriptorString();
    }

    private static boolean hasMark(AttributedElement element) {
        return element.findAttribute(Attributes.runtimeInvisibleAnnotations())
                .map(found -> found.annotations().stream().anyMatch(mark -> mark.className().equalsString(MARK)))
                .orElse(false);
    }

    private static ClassModel parse(Class<?> type) {
        try (var bytes = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return ClassFile.of().parse(Objects.requireNonNull(bytes, type.getName()).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
