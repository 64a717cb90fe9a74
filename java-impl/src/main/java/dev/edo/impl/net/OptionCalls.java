package dev.edo.impl.net;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What has a socket, whose options are asked for and set while it cannot be closed for being forgotten. */
interface OptionCalls {
    /** Asks for something. */
    @FunctionalInterface
    interface Question<T extends @Nullable Object> {
        T of(NativeSocket socket) throws IOException;
    }

    /** Changes something. */
    @FunctionalInterface
    interface Change {
        void of(NativeSocket socket) throws IOException;
    }

    /** Asks the socket, or fails with why there is none. */
    <T extends @Nullable Object> T ask(Question<T> question) throws IOException;

    /** Changes the socket, or fails with why there is none. */
    default void set(Change change) throws IOException {
        var unused = ask(socket -> {
            change.of(socket);
            return socket;
        });
    }
}
