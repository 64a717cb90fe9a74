package dev.edo.impl.scheduler;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A producer has pushed, so the size is not 0 unless somebody takes the item; meanwhile another item is
 * pushed and taken.
 */
@JCStressTest
@Outcome(id = "true, .*", expect = Expect.ACCEPTABLE,
        desc = "The producer sees its item, or that of the other, in the count.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE,
        desc = "The consumer took one and the other producer has still to count its own and to notify.")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN,
        desc = "Nothing was taken and the queue looks empty to the producer that has just pushed: the last"
                + " searcher would go to sleep beside its item.")
@State
public class InjectSizeStress {
    private final Inject inject = new Inject();
    private final StressItem[] items = {new StressItem(0)};

    @Actor
    public void producer(ZZ_Result result) {
        inject.push(items[0]);
        result.r1 = !inject.isEmpty();
    }

    @Actor
    public void consumer(ZZ_Result result) {
        result.r2 = inject.pop() != null;
    }
}
