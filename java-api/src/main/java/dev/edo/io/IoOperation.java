package dev.edo.io;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An operation on a descriptor that does not block: it either does something or finds that it would
 * have to wait.
 *
 * <pre>{@code
 * Long n = fd.asyncIo(Interest.READABLE, () -> {
 *     long result = NativeCalls.recvmsg(fd.fd(), header);
 *     return result == -EAGAIN ? null : checked(result);
 * }).await();
 * }</pre>
 *
 * @param <T> the type of its result
 */
@FunctionalInterface
public interface IoOperation<T> {
    /**
     * Tries once.
     *
     * @return the result; null where the system said that it would have to wait (EAGAIN)
     * @throws IOException where it failed
     */
    @Nullable T run() throws IOException;
}
