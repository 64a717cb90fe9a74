package dev.edo.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The places where one poll found that its future waits.
 *
 * <p>Algorithm: a future is noted where it asks for the budget, and where it asks for the waker, for there are leaves
 * that know no budget. Some do both, and some futures that poll others ask on their own behalf before. So the places
 * of one {@code poll} are told apart by what came of them: one further inside stands for those on the way to it, and of
 * two equals the one that asked for the budget. Only places that differ are compared, of which there are few.
 */
final class TracedPlaces {
    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final String ROOT = Trace.class.getName();

    /** What stands between a leaf and the note of it. */
    private static final Set<String> NOTING = Set.of(TracingContext.class.getName(), TracedPlaces.class.getName());

    private final List<Place> places = new ArrayList<>();

    /** Each of them once: a future may wait many thousand times in the same place, one for each of its branches. */
    private final Map<Place, Place> distinct = new HashMap<>();

    /**
     * One of them.
     *
     * @param frames outermost first
     * @param refused whether it asked for the budget
     * @param poll the index of the innermost frame of a method that is named {@code poll...}; -1 without any
     */
    private record Place(List<StackTraceElement> frames, boolean refused, int poll) {
        static Place of(List<StackTraceElement> frames, boolean refused) {
            int poll = frames.size() - 1;
            while (poll >= 0 && !frames.get(poll).getMethodName().startsWith("poll")) {
                poll--;
            }
            return new Place(frames, refused, poll);
        }

        /** Whether there is no reason to show this one beside another one. */
        boolean isToldBy(Place other) {
            return poll >= 0
                    && (other.poll > poll || other.poll == poll && other.refused && !refused)
                    && other.frames.subList(0, poll).equals(frames.subList(0, poll))
                    && isSameMethod(other.frames.get(poll), frames.get(poll));
        }

        private static boolean isSameMethod(StackTraceElement one, StackTraceElement other) {
            return one.getClassName().equals(other.getClassName()) && one.getMethodName().equals(other.getMethodName());
        }
    }

    /** A future waits where this is called. */
    void note(boolean refused) {
        var frames = WALKER.walk(stack -> stack.dropWhile(TracedPlaces::isNoting)
                .takeWhile(frame -> !frame.getClassName().equals(ROOT))
                .map(StackWalker.StackFrame::toStackTraceElement)
                .toList());
        var place = Place.of(frames.reversed(), refused);
        var same = distinct.putIfAbsent(place, place);
        places.add(same == null ? place : same);
    }

    /** Contexts that wrap this one are called by the same names. */
    private static boolean isNoting(StackWalker.StackFrame frame) {
        return NOTING.contains(frame.getClassName())
                || frame.getMethodName().equals("waker")
                || frame.getMethodName().equals("pollProceed");
    }

    /** The stacks of all places, in the order in which they were found, innermost frames first. */
    List<List<StackTraceElement>> all() {
        var stacks = new IdentityHashMap<Place, List<StackTraceElement>>();
        for (var place : distinct.keySet()) {
            if (distinct.keySet().stream().noneMatch(place::isToldBy)) {
                stacks.put(place, List.copyOf(place.frames().reversed()));
            }
        }
        var kept = new ArrayList<List<StackTraceElement>>();
        for (var place : places) {
            var stack = stacks.get(place);
            if (stack != null) {
                kept.add(stack);
            }
        }
        return List.copyOf(kept);
    }
}
