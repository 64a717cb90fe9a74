/**
 * Descriptors of any kind, and the standard streams, on the I/O driver.
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
 * <tr><td>StdinThread.requested</td><td>volatile</td><td>volatile</td><td>none; its partner is the
 * look at the pipe
 * before it</td></tr>
 * </table>
 */
@NullMarked
package dev.edo.impl.io;

import org.jspecify.annotations.NullMarked;
