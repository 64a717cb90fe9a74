/**
 * The work-stealing scheduler.
 *
 * <p>Begin with {@link dev.edo.impl.scheduler.multithread.Worker}, the loop that runs tasks from its {@code LocalQueue}.
 * {@link dev.edo.impl.scheduler.multithread.MultiThread} is what the workers share; {@code Idle} decides which of them is
 * woken, and a {@code Parker} is where one sleeps: inside the drivers, if it has the {@code DriverLock}.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>mode</th></tr>
 * <tr><td>LocalQueue.head</td><td>owner, thieves</td><td>owner, thieves</td><td>acquire / compare-and-set</td></tr>
 * <tr><td>LocalQueue.tail</td><td>owner</td><td>owner (plain), thieves (acquire)</td><td>release</td></tr>
 * <tr><td>LocalQueue.buffer</td><td>owner; a thief in the slots it claimed</td><td>owner, thieves</td>
 *     <td>plain, guarded by head and tail</td></tr>
 * <tr><td>Idle.searching</td><td>any</td><td>any</td><td>volatile atomic</td></tr>
 * <tr><td>Idle.sleepers</td><td>any</td><td>any</td><td>volatile atomic bits</td></tr>
 * <tr><td>Parker.state</td><td>its worker, any unparker</td><td>both</td>
 *     <td>volatile; compare-and-set, exchange</td></tr>
 * <tr><td>Parker.sleeper</td><td>its worker</td><td>the unparker that took PARKED_CONDVAR out</td>
 *     <td>plain, published by state</td></tr>
 * <tr><td>DriverLock.held</td><td>who parks</td><td>who parks</td><td>compare-and-set, volatile</td></tr>
 * <tr><td>DriverLock.sleeper</td><td>who holds it</td><td>any, as a hint</td><td>volatile</td></tr>
 * <tr><td>Worker.thread, .ended</td><td>the thread that drives it</td><td>the watch, metrics</td>
 *     <td>volatile</td></tr>
 * <tr><td>Worker.lifoSlot</td><td>the thread that drives it</td><td>the same; who shuts down</td>
 *     <td>release where a task is put there; acquire by others, who tell it to end and leave it there</td></tr>
 * <tr><td>Worker (all other fields)</td><td>the thread that drives it</td><td>the same</td>
 *     <td>plain; handed over through the blocking pool</td></tr>
 * <tr><td>WorkerStats</td><td>the thread that drives the worker</td><td>metrics, the watch</td>
 *     <td>plain; a metric may be a little old</td></tr>
 * <tr><td>MultiThread.shutdown</td><td>who shuts down</td><td>any</td><td>volatile</td></tr>
 * <tr><td>MultiThread.running</td><td>a worker that ends</td><td>the same</td><td>atomic</td></tr>
 * </table>
 */
@NullMarked
package dev.edo.impl.scheduler.multithread;

import org.jspecify.annotations.NullMarked;
