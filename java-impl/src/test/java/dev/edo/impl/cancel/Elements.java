package dev.edo.impl.cancel;

import dev.edo.future.Future;
import dev.edo.stream.Stream;
import java.util.ArrayList;
import java.util.List;

/**
 * A stream whose elements come one by one, one for each await point of whoever waits for all of them.
 *
 * @param stream the stream
 * @param give brings about the n-th thing that it waits for
 * @param gifts how many of these there are up to its end
 * @param expected all of its elements
 * @param endless whether it waits for ever behind them
 */
record Elements<T>(Stream<T> stream, Scenario.Provocation give, int gifts, List<?> expected, boolean endless) {

    Elements(Stream<T> stream, Scenario.Provocation give, int gifts, List<?> expected) {
        this(stream, give, gifts, expected, false);
    }

    /** One wait for an element, which borrows: with it given up, all elements come as they do without. */
    Scenario next(Future<T> next) {
        return Scenario.of(next).leavesItsWaker().wokenAt(give).losesNothing(outcome -> {
            var found = new ArrayList<Object>();
            if (outcome.completed() && outcome.value() != null) {
                found.add(Feed.comparable(outcome.value()));
            }
            for (int gift = outcome.provoked() + 1; gift <= gifts; gift++) {
                give.at(gift);
            }
            while (found.size() < expected.size()) {
                var element = Catalogue.soon("an element of " + expected + " after " + found, stream.next());
                if (element == null) {
                    throw new AssertionError("ended after " + found + ", expected " + expected);
                }
                found.add(Feed.comparable(element));
            }
            Catalogue.expect("elements", expected, found);
            if (endless) {
                Catalogue.notNow("an element", stream.next());
            } else {
                Catalogue.expect("end", null, Catalogue.soon("the end", stream.next()));
            }
        }).finallyDo(stream::cancel);
    }

    /** Gives up the stream itself. */
    Scenario ending(Scenario.Check released) {
        return Scenario.of(Polled.ending(stream)).wokenAt(give).losesNothing(outcome -> {
            stream.cancel();
            Catalogue.expect("ended", true, stream.isTerminated());
            Catalogue.expect("element after the end", null, Catalogue.now("the end", stream.next()));
            released.after(outcome);
        });
    }
}
