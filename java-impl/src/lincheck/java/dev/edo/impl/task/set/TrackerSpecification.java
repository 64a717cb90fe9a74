package dev.edo.impl.task.set;

/** What a task tracker does, said with a flag and two tokens; waiting is checked elsewhere. */
public class TrackerSpecification {
    private final boolean[] open = new boolean[2];
    private boolean closed;

    public void open(int token) {
        open[token] = true;
    }

    public void closeToken(int token) {
        open[token] = false;
    }

    public boolean close() {
        boolean changed = !closed;
        closed = true;
        return changed;
    }

    public boolean reopen() {
        boolean changed = closed;
        closed = false;
        return changed;
    }

    public long size() {
        return (open[0] ? 1 : 0) + (open[1] ? 1 : 0);
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    public boolean isClosed() {
        return closed;
    }

    public void pollWait() {}
}
