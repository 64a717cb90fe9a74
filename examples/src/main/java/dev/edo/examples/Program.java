package dev.edo.examples;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** What the main methods of the examples have in common: help, and what went wrong in one line. */
public final class Program {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private Program() {}

    /** The program proper. */
    @FunctionalInterface
    public interface Body {
        void run(Arguments arguments) throws Exception;
    }

    /**
     * Runs a program; ends the JVM when it fails, with 2 where an argument was wrong.
     *
     * @param help printed for {@code --help}
     * @param defaults as for {@link Arguments#parse}
     * @param arguments the command line
     * @param body the program
     * @throws Exception when it failed for a reason that is no error of the user or the system
     */
    public static void run(String help, Map<String, String> defaults, String[] arguments, Body body)
            throws Exception {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.print(help);
            return;
        }
        try {
            body.run(Arguments.parse(defaults, arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(WRONG_USAGE);
        } catch (IOException e) {
            fail(e);
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof IOException cause)) {
                throw e;
            }
            fail(cause); // what Edo.run says when the program threw it
        }
    }

    private static void fail(IOException e) {
        System.err.println(e.getMessage());
        System.exit(FAILED);
    }
}
