/**
 * Descriptors of any kind, and the standard streams, on the I/O driver.
 *
 * <p>{@code AsyncFdImpl} is a descriptor of the caller's. {@code StdinReader} and {@code StdoutWriter} are the standard
 * streams, over a {@code StdioDescriptor} where that can be polled; elsewhere a {@code StdinThread} reads, and the
 * blocking pool writes.
 *
 * <p>Shared fields:
 *
 * <table>
 * <caption>who reads and writes what</caption>
 * <tr><th>field</th><th>read</th><th>write</th><th>guard</th></tr>
 * <tr><td>StdioDescriptor.registrations</td><td>volatile</td><td>volatile, a new
 * array</td><td>reads: none; writes: who
 * has set registering</td></tr>
 * <tr><td>StdioDescriptor.registering</td><td>CAS</td><td>CAS, volatile</td><td>none; who finds it
 * set is polled again</td></tr>
 * <tr><td>StdioDescriptor.isUnpollable</td><td>volatile</td><td>volatile, to true</td><td>as
 * registrations</td></tr>
 * <tr><td>StdioWait.pending</td><td>exchange; volatile</td><td>volatile, by who polls; CAS to null, by who gives
 * up</td><td>none</td></tr>
 * <tr><td>StdinThread.requested</td><td>volatile</td><td>volatile</td><td>none; its partner is the
 * look at the pipe
 * before it</td></tr>
 * <tr><td>StdinThread.thread</td><td>volatile</td><td>CAS from null, by the reader; volatile, back to null where it
 * cannot be started</td><td>none</td></tr>
 * <tr><td>StdinThread.failure</td><td>volatile</td><td>volatile, by its thread before it closes the
 * pipe</td><td>none</td></tr>
 * </table>
 */
@NullMarked
package dev.edo.impl.io;

import org.jspecify.annotations.NullMarked;
