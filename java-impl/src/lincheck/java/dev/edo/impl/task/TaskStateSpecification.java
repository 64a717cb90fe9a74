package dev.edo.impl.task;

/** What the state of a task does, said with five flags instead of one word. */
public class TaskStateSpecification {
    private boolean running;
    private boolean complete;
    private boolean notified = true;
    private boolean cancelled;
    private boolean traced;

    public String start() {
        if (running || complete) {
            return "SKIP";
        }
        notified = false;
        running = true;
        return cancelled ? forget("CANCEL") : poll();
    }

    public String pending() {
        if (cancelled) {
            return "CANCEL";
        }
        if (notified) {
            return "NOTIFIED";
        }
        running = false;
        return "WAITING";
    }

    public String resume() {
        if (cancelled) {
            return "CANCEL";
        }
        notified = false;
        return poll();
    }

    private String poll() {
        return forget(traced ? "TRACE" : "POLL");
    }

    private String forget(String start) {
        traced = false;
        return start;
    }

    public String trace() {
        if (complete) {
            return "ENDED";
        }
        var found = running ? "RUNNING" : notified ? "QUEUED" : "WAITING";
        notified = true;
        traced = true;
        return found;
    }

    public void done() {
        running = false;
        notified = false;
        traced = false;
        complete = true;
    }

    public boolean wake() {
        if (complete || notified) {
            return false;
        }
        notified = true;
        return !running;
    }

    public boolean abort() {
        if (complete || cancelled) {
            return false;
        }
        boolean enqueues = !running && !notified;
        cancelled = true;
        notified = true;
        return enqueues;
    }

    public boolean shutDown() {
        if (complete) {
            return false;
        }
        cancelled = true;
        boolean mine = !running;
        running = true;
        return mine;
    }

    public boolean cancel() {
        if (complete || cancelled) {
            return false;
        }
        cancelled = true;
        return true;
    }

    public boolean claim() {
        if (running || complete) {
            return false;
        }
        running = true;
        return true;
    }

    public boolean isComplete() {
        return complete;
    }

    public boolean isCancelled() {
        return cancelled;
    }
}
