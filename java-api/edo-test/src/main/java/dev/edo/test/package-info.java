/**
 * For tests of programs that use Edo. {@link dev.edo.test.EdoTest} runs a test method inside a
 * runtime, {@link dev.edo.test.TaskProbe} polls a future by hand, {@link dev.edo.test.MockIo} and
 * {@link dev.edo.test.MockStream} follow a script.
 *
 * @see <a href="https://docs.rs/tokio-test/latest/tokio_test/">tokio_test</a>
 */
@NullMarked
package dev.edo.test;

import org.jspecify.annotations.NullMarked;
