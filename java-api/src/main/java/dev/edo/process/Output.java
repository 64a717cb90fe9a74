package dev.edo.process;

import java.nio.charset.StandardCharsets;

/**
 * All that a process wrote, and how it ended.
 *
 * <pre>{@code
 * var output = Command.of("git").args("rev-parse", "HEAD").output().await();
 * if (output.status().success()) {
 *     IO.println("at " + output.stdoutText().strip());
 * }
 * }</pre>
 *
 * @param status how it ended
 * @param stdout what it wrote to its standard output, where that was piped
 * @param stderr what it wrote to its standard error output, where that was piped
 * @see <a href="https://doc.rust-lang.org/std/process/struct.Output.html">std::process::Output</a>
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are what there is; nobody compares two of these
public record Output(ExitStatus status, byte[] stdout, byte[] stderr) {
    /**
     * Tells what the process wrote to its standard output, as text.
     *
     * @return the text that its bytes are in UTF-8
     */
    public String stdoutText() {
        return new String(stdout, StandardCharsets.UTF_8);
    }

    /**
     * Tells what the process wrote to its standard error output, as text.
     *
     * @return the text that its bytes are in UTF-8
     */
    public String stderrText() {
        return new String(stderr, StandardCharsets.UTF_8);
    }

    /** {@return how the process ended, and how much it wrote} */
    @Override
    public String toString() {
        return "Output[" + status + ", stdout=" + stdout.length + " bytes, stderr=" + stderr.length + " bytes]";
    }
}
