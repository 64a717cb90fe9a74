package dev.edo.impl.natives;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM that loads the native library, says how it went, and ends. For what happens once only. */
final class ChildJvm {

    static final String LOADED = "loaded from ";

    private ChildJvm() {
    }

    /** Runs {@link #main} with these JVM arguments. Returns what it printed. */
    static String run(String... jvmArguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(jvmArguments));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"),
                ChildJvm.class.getName()));
        return output(command);
    }

    /** Runs a command. Returns what it printed. */
    static String output(List<String> command) throws IOException, InterruptedException {
        return output(new ProcessBuilder(command));
    }

    static String output(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return output + "exit code " + process.waitFor();
    }

    /** Prints the file that is mapped (empty where there is no list of them), or the exception. */
    public static void main(String[] args) throws IOException {
        try {
            NativeLibrary.ensureLoaded();
        } catch (NativeLibraryException e) {
            System.out.println(e);
            return;
        }
        File maps = new File("/proc/self/maps");
        String mapped = "";
        if (maps.exists()) {
            mapped = Files.readAllLines(maps.toPath()).stream()
                    .filter(line -> line.contains("libedo-"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .findFirst().orElse("");
        }
        System.out.println(LOADED + mapped);
    }
}
