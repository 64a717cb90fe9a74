package dev.edo.future;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A future that fails with nothing but {@link IOException} (and unchecked exceptions).
 *
 * @param <T> the type of the value
 */
@FunctionalInterface
public interface IoFuture<T extends @Nullable Object> extends Future<T> {
    @Override
    Poll<T> poll(Context cx) throws IOException;

    @Override
    default T await() throws IOException {
        return Await.<T, IOException>await(this);
    }
}
