/**
 * Tasks that stay on one thread: {@code LocalSetImpl} is the set, {@code LocalScheduler} runs its tasks in turns, each a
 * poll of one of the set's futures, and {@code LocalWaits} knows which of those to wake.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>mode</th></tr>
 * <tr><td>LocalWaits.last</td><td>the owner, before each turn; who gives a wait up</td>
 *     <td>who pushes to the inject queue</td>
 *     <td>written under the lock, volatile; a full fence between the store and the look at the queue, and between
 *     the push and the read</td></tr>
 * <tr><td>LocalWaits.waits, with all that is in there</td><td>the owner; who gives a wait up</td>
 *     <td>the same</td><td>under the lock; the owner reads the waker of the wait that it polls without</td></tr>
 * <tr><td>LocalScheduler.driving</td><td>the owner</td><td>the watch</td><td>volatile</td></tr>
 * <tr><td>LocalScheduler.interrupts</td><td>the owner; who interrupts it</td><td>the owner</td>
 *     <td>as in the package of the current-thread scheduler</td></tr>
 * <tr><td>LocalScheduler.panic</td><td>the owner; who carries a task's thread that was handed over elsewhere</td>
 *     <td>the owner</td><td>volatile</td></tr>
 * <tr><td>LocalScheduler.running, .turns</td><td>the owner</td><td>the watch</td><td>plain, sampled</td></tr>
 * </table>
 */
@NullMarked
package dev.edo.impl.task.local;

import org.jspecify.annotations.NullMarked;
