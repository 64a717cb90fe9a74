package dev.edo.runtime;

/**
 * Names a runtime among those alive in this JVM.
 *
 * @param value the number, from 1
 * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/struct.Id.html">tokio::runtime::Id</a>
 */
public record RuntimeId(long value) {
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
