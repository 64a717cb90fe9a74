package dev.edo.impl.task;

import dev.edo.future.Future;
import dev.edo.impl.scheduler.ThreadContext;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/** A joiner polls while the task ends. */
@JCStressTest
@Outcome(id = "7, .*", expect = Expect.ACCEPTABLE,
        desc = "The joiner has the output; a wake-up besides costs one superfluous poll.")
@Outcome(id = "-1, true", expect = Expect.ACCEPTABLE, desc = "The joiner waited, and was woken.")
@Outcome(id = "-1, false", expect = Expect.FORBIDDEN,
        desc = "The joiner saw no output and the task saw no joiner: it sleeps for ever.")
@Outcome(id = "0, .*", expect = Expect.FORBIDDEN, desc = "The joiner saw the end but not the output.")
@State
public class JoinStress {
    private static final StressScheduler SCHEDULER = new StressScheduler();

    private final StacklessTask<Integer> task = new StacklessTask<>(SCHEDULER, Future.ready(7));
    private final ThreadContext context = new ThreadContext();
    private volatile boolean woken;

    @Actor
    public void worker() {
        task.run(context, 1);
    }

    @Actor
    public void joiner(IZ_Result result) {
        result.r1 = StressJoiner.poll(task, () -> woken = true);
    }

    @Arbiter
    public void inTheEnd(IZ_Result result) {
        result.r2 = woken;
    }
}
