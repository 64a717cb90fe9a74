package dev.edo.impl.task;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.task.JoinResult;
import dev.edo.task.JoinSet;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIZ_Result;

/** Two tasks of a set end while the owner looks and then sleeps. */
@JCStressTest
@Outcome(id = {"7, 8, .*", "8, 7, .*"}, expect = Expect.ACCEPTABLE,
        desc = "One was there; the other one came later.")
@Outcome(id = "-1, 15, true", expect = Expect.ACCEPTABLE,
        desc = "The owner waited, was woken, and found both.")
@Outcome(id = "-1, 15, false", expect = Expect.FORBIDDEN,
        desc = "Both have ended and the owner sleeps for ever.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An end was forgotten, or found twice.")
@State
public class JoinSetEndStress {
    private static final StressScheduler SCHEDULER = new StressScheduler();

    private final StacklessTask<Integer> seven = new StacklessTask<>(SCHEDULER, Future.ready(7));
    private final StacklessTask<Integer> eight = new StacklessTask<>(SCHEDULER, Future.ready(8));
    private final ThreadContext firstContext = new ThreadContext();
    private final ThreadContext secondContext = new ThreadContext();
    private volatile boolean woken;
    private final JoinSet<Integer> set = new JoinSet<>();

    public JoinSetEndStress() {
        set.add(seven);
        set.add(eight);
    }

    @Actor
    public void endSeven() {
        seven.run(firstContext, 1);
    }

    @Actor
    public void endEight() {
        eight.run(secondContext, 1);
    }

    @Actor
    public void join(IIZ_Result r) {
        var poll = set.pollJoinNext(Context.of(() -> woken = true));
        r.r1 = poll instanceof Poll.Ready(JoinResult.Completed<Integer>(var _, var value))
                ? value
                : -1;
    }

    @Arbiter
    public void look(IIZ_Result r) {
        for (var result = set.tryJoinNext(); result != null; result = set.tryJoinNext()) {
            r.r2 += result instanceof JoinResult.Completed<Integer>(var _, var value) ? value : -100;
        }
        r.r3 = woken;
    }
}
