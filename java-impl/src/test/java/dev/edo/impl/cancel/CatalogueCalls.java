package dev.edo.impl.cancel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Which methods the catalogues call, as their class files say, so that no entry merely claims to. */
final class CatalogueCalls {
    /**
     * A method that is called.
     *
     * @param owner the type by which it is called
     * @param name its name
     * @param parameters the descriptor of its parameters
     */
    private record Call(String owner, String name, String parameters) {}

    private final Set<Call> calls = new HashSet<>();

    CatalogueCalls() throws IOException {
        Path where;
        try {
            where = Path.of(Catalogue.class.getResource("Catalogue.class").toURI()).getParent();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        try (var files = Files.list(where)) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(this::collect);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void collect(Path file) {
        try {
            for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
                if (entry instanceof MemberRefEntry member && member.type().stringValue().startsWith("(")) {
                    var descriptor = member.type().stringValue();
                    calls.add(new Call(
                            member.owner().asInternalName().replace('/', '.'),
                            member.name().stringValue(),
                            descriptor.substring(1, descriptor.indexOf(')'))));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it is called, on its type, or on a type above or below that. */
    boolean include(ApiMethods.ApiMethod wanted) {
        var parameters = parametersOf(wanted.method());
        return calls.stream().anyMatch(call -> call.name.equals(wanted.method().getName())
                && call.parameters.equals(parameters)
                && isRelated(call.owner, wanted.type()));
    }

    private static String parametersOf(Method method) {
        return Arrays.stream(method.getParameterTypes()).map(Class::descriptorString).collect(Collectors.joining());
    }

    private static boolean isRelated(String owner, Class<?> type) {
        try {
            var from = Class.forName(owner, false, type.getClassLoader());
            return from.isAssignableFrom(type) || type.isAssignableFrom(from);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(owner, e);
        }
    }
}
