package dev.edo.impl.runtime;

import dev.edo.future.Await;
import dev.edo.impl.driver.Park;
import dev.edo.impl.task.StacklessTask;
import dev.edo.impl.task.coroutine.Coroutine;
import dev.edo.impl.task.coroutine.ThreadWaker;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Cuts Edo's own frames off a stack, where they tell an operator nothing. */
final class SampledStack {
    private static final String POLLER = StacklessTask.class.getName();
    private static final String BODY = Coroutine.class.getName();
    private static final String PARKER = ThreadWaker.class.getName();

    private static final String DRIVERS = Park.class.getPackageName() + '.';

    /** What stands between an await and the task that waits. */
    private static final Set<String> AWAITING = Set.of(Await.class.getName(), Provider.class.getName());

    private SampledStack() {}

    /** Whether a stackless task is polled. */
    static boolean isInsideAPoll(List<StackTraceElement> stack) {
        return stack.stream().anyMatch(frame -> frame.getClassName().equals(POLLER));
    }

    /** Whether the drivers are looked at. */
    static boolean isInTheDrivers(List<StackTraceElement> stack) {
        return stack.stream().anyMatch(frame -> frame.getClassName().startsWith(DRIVERS));
    }

    /** What a stackless task has on the stack of the thread that polls it. */
    static List<StackTraceElement> ofPoll(List<StackTraceElement> stack) {
        return stack.stream().takeWhile(frame -> !frame.getClassName().equals(POLLER)).toList();
    }

    /** The stack of a task in direct style, from its await, if it is in one, to its body. */
    static List<StackTraceElement> ofDirectStyle(StackTraceElement[] stack) {
        int from = 0;
        int to = stack.length;
        for (int i = 0; i < stack.length; i++) {
            if (is(stack[i], BODY, "run")) {
                to = i;
                break;
            }
            if (from == 0 && i > 0 && leavesItsThread(stack[i - 1])
                    && (is(stack[i], BODY, "await") || is(stack[i], BODY, "yieldNow"))) {
                from = i + 1;
            }
        }
        while (from > 0 && from < to && AWAITING.contains(stack[from].getClassName())) {
            from++;
        }
        return Arrays.asList(stack).subList(from, to);
    }

    private static boolean leavesItsThread(StackTraceElement frame) {
        return is(frame, PARKER, "park") || is(frame, BODY, "yieldThread");
    }

    private static boolean is(StackTraceElement frame, String className, String method) {
        return frame.getClassName().equals(className) && frame.getMethodName().equals(method);
    }
}
