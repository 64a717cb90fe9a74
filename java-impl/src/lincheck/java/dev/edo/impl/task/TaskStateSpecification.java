package dev.edo.impl.task;

/** What the state of a task does, said with four flags instead of one word. */
public class TaskStateSpecification {
    private boolean running;
    private boolean complete;
    private boolean notified = true;
    private boolean cancelled;

    public String start() {
        if (running || complete) {
            return "SKIP";
        }
        notified = false;
        running = true;
        return cancelled ? "CANCEL" : "POLL";
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
        return "POLL";
    }

    public void done() {
        running = false;
        notified = false;
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
