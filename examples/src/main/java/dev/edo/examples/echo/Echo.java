package dev.edo.examples.echo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** An echo server and the load that measures it: {@link EchoOptions#HELP}. */
public final class Echo {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private Echo() {}

    /**
     * Runs the program and ends the JVM.
     *
     * @param arguments the options
     */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String... arguments) {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.print(EchoOptions.HELP);
            return OK;
        }
        try (var ctrlC = new CtrlC()) {
            var options = EchoOptions.parse(arguments);
            ResourceLimits.check(options);
            var address = options.serve();
            return address == null ? measure(options, ctrlC) : serve(options, address, ctrlC);
        } catch (InvalidOption e) {
            System.err.println(e.getMessage());
            return WRONG_USAGE;
        } catch (IOException e) {
            System.err.println(e.getMessage());
            return FAILED;
        } catch (Exception e) {
            e.printStackTrace();
            return FAILED;
        }
    }

    private static int measure(EchoOptions options, CtrlC ctrlC) throws Exception {
        try (var run = new EchoRun(options)) {
            ctrlC.call(run::stop);
            EchoReport report;
            try (var _ = new Progress(run::replies, run::mismatches, System.err, Progress.isTerminal())) {
                report = run.run();
            }
            System.out.println(report.text());
            var json = options.json();
            if (json != null) {
                Files.writeString(json, report.json() + System.lineSeparator());
            }
            return report.isClean() ? OK : FAILED;
        }
    }

    private static int serve(EchoOptions options, InetSocketAddress address, CtrlC ctrlC) throws Exception {
        try (var server = new EchoServer(options, address)) {
            var stopped = new CountDownLatch(1);
            ctrlC.call(stopped::countDown);
            System.out.println("listening on " + server.address().getAddress().getHostAddress() + ":"
                    + server.address().getPort() + "; Ctrl-C ends");
            stopped.await();
            System.out.println(EchoReport.text(server.counters()));
            return OK;
        }
    }
}
