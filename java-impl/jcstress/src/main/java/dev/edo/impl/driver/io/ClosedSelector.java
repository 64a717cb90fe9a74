package dev.edo.impl.driver.io;

/** A selector that answers each call with "closed". */
final class ClosedSelector implements Selector {
    @Override
    public int register(int fd, int index, int generation, int interest) {
        return CLOSED;
    }

    @Override
    public int deregister(int fd) {
        return CLOSED;
    }

    @Override
    public int select(long timeoutNanos, long tick) {
        throw new IllegalStateException("closed");
    }

    @Override
    public int readyIndex(int entry) {
        throw new IndexOutOfBoundsException(entry);
    }

    @Override
    public int readyBits(int entry) {
        throw new IndexOutOfBoundsException(entry);
    }

    @Override
    public void wake() {}

    @Override
    public long count(Counter counter) {
        return 0;
    }

    @Override
    public void close() {}
}
