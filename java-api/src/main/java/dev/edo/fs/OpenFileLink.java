package dev.edo.fs;

import dev.edo.spi.EdoProvider;
import java.nio.channels.Channel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The path by which the system has a file that this process has open, whatever it is called by now: a link that
 * leads to the file itself, be it renamed or removed.
 */
final class OpenFileLink {
    private static final @Nullable String DIRECTORY = directory(System.getProperty("os.name"));

    private OpenFileLink() {}

    private static @Nullable String directory(String system) {
        return system.equals("Linux") ? "/proc/self/fd" : system.startsWith("Mac") ? "/dev/fd" : null;
    }

    /**
     * {@return the path; null where there is none}
     *
     * @param channel by which the file is open, and stays so while the path is used
     */
    static @Nullable Path of(Channel channel) {
        var number = EdoProvider.get().io().descriptorOf(channel);
        return DIRECTORY == null || number.isEmpty() ? null : Path.of(DIRECTORY, "" + number.getAsInt());
    }
}
