package dev.edo.metrics;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The longest idle time of all, and since each {@link TaskIntervals} was asked last.
 *
 * <p>Algorithm: each of them has a cell of its own, to which this one refers weakly: who drops the
 * intervals need not say so. The list is replaced, never changed, and rid of dead cells whenever one
 * is added. Almost always there is one cell, and no write to it, since few idles are longer than all
 * before.
 *
 * <p>Origin: tokio-metrics has one cell in common, so that of two iterators each takes away what
 * the other one would have told.
 */
final class LongestIdle {
    private final Longest ever = new Longest();
    private final AtomicReference<List<WeakReference<Longest>>> sinceAsked =
            new AtomicReference<>(List.of());

    void include(long nanos) {
        ever.include(nanos);
        var cells = sinceAsked.get();
        for (int i = 0; i < cells.size(); i++) {
            var cell = cells.get(i).get();
            if (cell != null) {
                cell.include(nanos);
            }
        }
    }

    long everNanos() {
        return ever.nanos();
    }

    /** {@return a cell that gets all idles that end from now on, as long as somebody holds it} */
    Longest newCell() {
        var cell = new Longest();
        var reference = new WeakReference<>(cell);
        sinceAsked.updateAndGet(cells -> {
            var more = new ArrayList<>(cells);
            more.removeIf(other -> other.refersTo(null));
            more.add(reference);
            return List.copyOf(more);
        });
        return cell;
    }
}
