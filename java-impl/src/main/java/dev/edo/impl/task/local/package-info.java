/**
 * Tasks that stay on one thread.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>mode</th></tr>
 * <tr><td>LocalScheduler.waker</td><td>the owner, before each turn</td><td>who pushes to the inject queue</td>
 *     <td>volatile, full fences around the look at the queue and after the push</td></tr>
 * <tr><td>LocalScheduler.driving, .running, .turns</td><td>the owner</td><td>the watch</td>
 *     <td>volatile / plain, sampled</td></tr>
 * </table>
 */
@NullMarked
package dev.edo.impl.task.local;

import org.jspecify.annotations.NullMarked;
