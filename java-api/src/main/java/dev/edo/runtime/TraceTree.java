package dev.edo.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stacks with what they have in common told once, outermost frame first. */
final class TraceTree {
    private final Map<StackTraceElement, TraceTree> inner = new LinkedHashMap<>();

    private TraceTree() {}

    /** The tree of some stacks, innermost frames first. */
    static TraceTree of(List<List<StackTraceElement>> backtraces) {
        var root = new TraceTree();
        for (var frames : backtraces) {
            var node = root;
            for (var frame : frames.reversed()) {
                node = node.inner.computeIfAbsent(frame, unused -> new TraceTree());
            }
        }
        return root;
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        print(text, "");
        return text.toString();
    }

    /** Lines without a fork stand below each other, so that the depth of a line is the number of forks above it. */
    private void print(StringBuilder text, String margin) {
        int left = inner.size();
        boolean forks = left > 1;
        for (var entry : inner.entrySet()) {
            left--;
            if (!text.isEmpty()) {
                text.append('\n');
            }
            text.append(margin);
            if (forks) {
                text.append(left == 0 ? "└ " : "├ ");
            }
            text.append(Trace.describe(entry.getKey()));
            entry.getValue().print(text, !forks ? margin : margin + (left == 0 ? "  " : "│ "));
        }
    }
}
