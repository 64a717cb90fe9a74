package dev.edo.impl.cancel;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.io.AsyncBufRead;
import dev.edo.io.AsyncRead;
import dev.edo.io.AsyncWrite;
import dev.edo.io.Io;
import dev.edo.stream.Stream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The methods of the API that give something to wait for: those that return a future or a stream, or are named
 * {@code poll...}, and those that make sources and sinks of bytes. A method is named
 * {@code Type.method(Parameter, Parameter)}, all types by their simple names.
 */
final class ApiMethods {
    /** What the API's module does not export, and what tests may have beside it on the class path. */
    private static final Pattern HIDDEN = Pattern.compile("dev\\.edo\\.(internal|impl|test|examples|bench)(\\..*)?");

    private ApiMethods() {}

    /**
     * One of them.
     *
     * @param type the public type that has it
     * @param method what it declares or inherits from a class that is not public
     */
    record ApiMethod(Class<?> type, Method method) {
        String name() {
            var parameters = Arrays.stream(method.getParameterTypes())
                    .map(Class::getSimpleName)
                    .collect(Collectors.joining(", ", "(", ")"));
            return simpleName(type) + "." + method.getName() + parameters;
        }

        private static String simpleName(Class<?> type) {
            var outer = type.getDeclaringClass();
            return (outer == null ? "" : simpleName(outer) + ".") + type.getSimpleName();
        }

        /** The {@code poll} of a future is what the driver itself calls on what the other methods return. */
        boolean isPollOfFuture() {
            return Future.class.isAssignableFrom(type)
                    && method.getName().equals("poll")
                    && List.of(method.getParameterTypes()).equals(List.of(Context.class));
        }
    }

    static List<ApiMethod> all() throws IOException {
        var methods = new ArrayList<ApiMethod>();
        for (var type : publicTypes()) {
            for (Class<?> from = type; from != null && (from == type || !isPublic(from)); from = from.getSuperclass()) {
                for (var method : from.getDeclaredMethods()) {
                    if (isVisible(method) && isWaitable(method) && (from == type || !isOverridden(method, type))) {
                        methods.add(new ApiMethod(type, method));
                    }
                }
            }
        }
        return methods;
    }

    private static boolean isOverridden(Method method, Class<?> by) {
        return Arrays.stream(by.getDeclaredMethods()).anyMatch(own -> !own.isSynthetic()
                && own.getName().equals(method.getName())
                && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }

    private static boolean isVisible(Method method) {
        return !method.isSynthetic() && (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    }

    private static boolean isWaitable(Method method) {
        var result = method.getReturnType();
        return Future.class.isAssignableFrom(result)
                || Stream.class.isAssignableFrom(result)
                || method.getName().startsWith("poll") && !method.getName().startsWith("pollTime") // metrics
                || makesBytes(method.getDeclaringClass(), result);
    }

    private static boolean makesBytes(Class<?> type, Class<?> result) {
        return (type == Io.class || type == AsyncRead.class || type == AsyncBufRead.class)
                && (AsyncRead.class.isAssignableFrom(result) || AsyncWrite.class.isAssignableFrom(result));
    }

    private static List<Class<?>> publicTypes() throws IOException {
        Path where;
        try {
            where = Path.of(Future.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        if (Files.isDirectory(where)) {
            return publicTypesUnder(where);
        }
        try (var jar = FileSystems.newFileSystem(where)) {
            return publicTypesUnder(jar.getPath("/"));
        }
    }

    private static List<Class<?>> publicTypesUnder(Path root) throws IOException {
        var types = new TreeMap<String, Class<?>>();
        try (var files = Files.walk(root)) {
            files.map(file -> root.relativize(file).toString().replace('/', '.'))
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .filter(name -> isExported(packageOf(name)))
                    .forEach(name -> types.put(name, load(name)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        types.values().removeIf(type -> !isPublic(type));
        return List.copyOf(types.values());
    }

    private static boolean isExported(String name) {
        return (name.equals("dev.edo") || name.startsWith("dev.edo.")) && !HIDDEN.matcher(name).matches();
    }

    private static String packageOf(String className) {
        return className.substring(0, Math.max(0, className.lastIndexOf('.')));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ApiMethods.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name, e);
        }
    }

    private static boolean isPublic(Class<?> type) {
        var outer = type.getDeclaringClass();
        return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
    }
}
