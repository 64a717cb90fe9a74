package dev.edo.impl.task;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A future whose polls do what a test wrote down, in order. */
final class ScriptedFuture implements Future<String> {
    int cancels;
    private final Deque<Future<String>> polls;

    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only copied
    ScriptedFuture(Future<String>... polls) {
        this.polls = new ArrayDeque<>(List.of(polls));
    }

    @Override
    public Poll<String> poll(Context cx) throws Exception {
        return polls.remove().poll(cx);
    }

    @Override
    public void cancel() {
        cancels++;
    }
}
