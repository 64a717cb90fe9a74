package dev.edo.bench;

import dev.edo.bench.memory.ParkedTasks;
import dev.edo.bench.time.SleepLateness;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Prints, as JSON, the peers and the workloads that there are: what {@code bench/run} goes by. */
public final class Catalog {
    private Catalog() {}

    /**
     * Prints the catalogue.
     *
     * @param args none
     * @throws ClassNotFoundException when the class path is incomplete
     */
    public static void main(String[] args) throws ClassNotFoundException {
        var workloads = jmh();
        workloads.addAll(SleepLateness.catalog());
        workloads.addAll(ParkedTasks.catalog());
        IO.println("{\"peers\":[" + Arrays.stream(Peer.values()).map(Catalog::peer).collect(lines())
                + "],\n\"workloads\":[" + workloads.stream().map(Entry::json).collect(lines()) + "]}");
    }

    private static List<Entry> jmh() throws ClassNotFoundException {
        var parameters = new TreeMap<String, TreeMap<String, List<String>>>();
        var silent = OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT);
        for (var benchmark : BenchmarkList.defaultList().getAll(silent, List.of())) {
            var ofClass = parameters.computeIfAbsent(benchmark.getUserClassQName(), name -> new TreeMap<>());
            if (benchmark.getParams().hasValue()) {
                benchmark.getParams().get().forEach((name, values) -> ofClass.put(name, List.of(values)));
            }
        }
        var entries = new ArrayList<Entry>();
        for (var ofClass : parameters.entrySet()) {
            entries.add(jmh(Class.forName(ofClass.getKey()), ofClass.getValue()));
        }
        return entries;
    }

    private static Entry jmh(Class<?> type, Map<String, List<String>> parameters) {
        var workload = type.getAnnotation(Workload.class);
        if (workload == null) {
            throw new IllegalStateException(type.getName() + " has no @Workload");
        }
        var operations = type.getAnnotation(OperationsPerInvocation.class);
        var methods = Arrays.stream(type.getMethods()).map(Method::getName).toList();
        var peers = Arrays.stream(Peer.values()).filter(peer -> methods.contains(peer.method())).toList();
        return new Entry("jmh", type, workload.value(), parameters, workload.group(), "ns",
                workload.operation(), operations == null ? 1 : operations.value(), peers);
    }

    private static String peer(Peer peer) {
        return "{\"name\":%s,\"label\":%s,\"method\":%s,\"groups\":%s}".formatted(
                quoted(peer.name()), quoted(peer.label()),
                peer.method() == null ? "null" : quoted(peer.method()),
                list(peer.groups().stream().sorted().map(Group::name).toList()));
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static String list(Collection<String> texts) {
        return texts.stream().map(Catalog::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    private static Collector<CharSequence, ?, String> lines() {
        return Collectors.joining(",\n");
    }

    /**
     * One workload.
     *
     * @param tool {@code jmh}, or what else measures it
     * @param type the class
     * @param name with the names of its parameters in braces
     * @param parameters their values
     * @param group whose chart it is in
     * @param unit of the result
     * @param operation what is counted
     * @param operations how many of them one iteration of the Tokio peer has
     * @param peers that have it
     */
    public record Entry(String tool, Class<?> type, String name, Map<String, List<String>> parameters,
            Group group, String unit, String operation, int operations, List<Peer> peers) {
        private String json() {
            var values = parameters.entrySet().stream()
                    .map(e -> quoted(e.getKey()) + ":" + list(e.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
            return ("{\"tool\":%s,\"class\":%s,\"name\":%s,\"parameters\":%s,\"group\":%s,\"unit\":%s,"
                            + "\"operation\":%s,\"operations\":%d,\"peers\":%s}")
                    .formatted(quoted(tool), quoted(type.getName()), quoted(name), values,
                            quoted(group.name()), quoted(unit), quoted(operation), operations,
                            list(peers.stream().map(Peer::name).toList()));
        }
    }
}
