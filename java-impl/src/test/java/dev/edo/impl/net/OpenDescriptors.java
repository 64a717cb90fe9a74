package dev.edo.impl.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What this process has open, as Linux tells it. */
public final class OpenDescriptors {
    private OpenDescriptors() {}

    /** From the number of each descriptor to what it is, as in {@code socket:[4711]}. */
    public static Map<Integer, String> now() throws IOException {
        Map<Integer, String> open = new HashMap<>();
        try (var numbers = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (var number : numbers) {
                try {
                    open.put(Integer.parseInt(number.getFileName().toString()),
                            Files.readSymbolicLink(number).toString());
                } catch (NoSuchFileException e) {
                    // closed meanwhile, as the one that lists them is
                }
            }
        }
        return open;
    }
}
