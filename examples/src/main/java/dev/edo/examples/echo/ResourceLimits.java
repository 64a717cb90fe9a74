package dev.edo.examples.echo;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Says before a run, rather than in the middle of it, that the process may not have what it needs.
 */
final class ResourceLimits {
    /** The runtimes' own files, and those that the JVM opens meanwhile. */
    private static final int SPARE_FILES = 100;

    private ResourceLimits() {}

    /**
     * Compares what the options need with what the process may use.
     *
     * @throws InvalidOption when it is not enough
     */
    static void check(EchoOptions options) {
        boolean server = options.connect() == null;
        boolean load = options.serve() == null;
        if (!load) {
            return;
        }
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            checkFiles(options.connections(), server ? 2 : 1,
                    system.getOpenFileDescriptorCount() + SPARE_FILES, system.getMaxFileDescriptorCount());
        }
        long serverBytes = server ? EchoServer.bufferBytes(options) : 0;
        long needed = options.connections() * (options.payloadBytes() + serverBytes);
        checkDirectMemory(options, needed, maxDirectBytes());
    }

    static void checkFiles(int connections, int perConnection, long others, long limit) {
        long needed = (long) connections * perConnection + others;
        if (needed > limit) {
            throw new InvalidOption("--connections " + connections + ": needs " + needed + " open files, and"
                    + " this process may have " + limit + "; raise the limit (ulimit -n " + needed + ")"
                    + (perConnection == 2 ? " or run server and load apart (--serve, --connect)" : "")
                    + ", or use at most " + Math.max(0, (limit - others) / perConnection));
        }
    }

    private static void checkDirectMemory(EchoOptions options, long needed, long limit) {
        if (needed > limit) {
            throw new InvalidOption("--connections " + options.connections() + " --payload "
                    + options.payloadBytes() + ": needs " + needed + " bytes of direct memory, and this"
                    + " JVM may use " + limit + "; allow more (JAVA_OPTS=-XX:MaxDirectMemorySize=" + needed
                    + ")");
        }
    }

    private static long maxDirectBytes() {
        var diagnostics = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        long option = Long.parseLong(diagnostics.getVMOption("MaxDirectMemorySize").getValue());
        return option > 0 ? option : Runtime.getRuntime().maxMemory();
    }
}
