/**
 * Spawned tasks: their handles, ids and errors; scopes and collections of them; task locals, cooperation, and tasks that
 * stay on one thread.
 *
 * <p>Begin with {@link dev.edo.task.JoinHandle}, which spawning returns. {@link dev.edo.task.Scope} has tasks end with
 * the code that spawned them; {@link dev.edo.task.JoinSet}, {@link dev.edo.task.JoinMap} and
 * {@link dev.edo.task.JoinQueue} hand out results, {@link dev.edo.task.TaskTracker} only waits. A set finds the tasks
 * that have ended on a {@code ReadyList}, onto which each {@code SetEntry} puts itself; a {@code WatchedTask} tells
 * of its end before the joiner hears of it. {@link dev.edo.task.LocalSet} and {@link dev.edo.task.LocalPoolHandle}
 * keep tasks on a thread; {@link dev.edo.task.Coop} is the budget.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>read mode</th><th>write mode</th><th>guard</th></tr>
 * <tr><td>ReadyList.pushed</td><td>volatile</td><td>compare-and-set by producers, get-and-set by the owner</td>
 *     <td></td></tr>
 * <tr><td>ReadyList.waker</td><td>volatile, by producers after their push</td>
 *     <td>volatile, by the owner before its look at {@code pushed}; compare-and-set to forget</td><td></td></tr>
 * <tr><td>ReadyList.Node.next</td><td>plain, by the owner after it took the stack</td>
 *     <td>plain, by the producer before its push</td><td>published by {@code pushed}</td></tr>
 * <tr><td>ReadyList.Node.claimed</td><td>volatile</td><td>compare-and-set by wakers, volatile by the owner</td>
 *     <td></td></tr>
 * <tr><td>SetEntry.listed</td><td>plain, by the owner and by who gives an earlier join up</td>
 *     <td>plain, by the owner</td><td>published as the waker of the task's handle</td></tr>
 * <tr><td>WatchedTask.turn</td><td>volatile</td><td>compare-and-set; volatile by who holds POLLING</td><td></td></tr>
 * <tr><td>WatchedTask.outcome, .joiner</td><td>volatile, after writing the other one</td>
 *     <td>volatile; the joiner by compare-and-set to give up</td><td></td></tr>
 * <tr><td>JoinQueue.lastWait</td><td>volatile, by who gives a wait up</td><td>volatile, by the owner</td><td></td></tr>
 * <tr><td>TaskTracker.state</td><td>volatile</td><td>atomic add, and, or</td><td></td></tr>
 * <tr><td>TrackerWaiters.waits, with all that is in there</td><td>plain</td><td>plain</td>
 *     <td>the list's lock</td></tr>
 * <tr><td>TrackerWaiters.round</td><td>volatile</td><td>volatile</td><td>writers: TrackerWaiters.waits</td></tr>
 * <tr><td>Scope.running, .live, .failed, .bodyFailure, .bodyFailedFirst; ScopedTask's links</td><td>plain</td>
 *     <td>plain</td><td>Scope.lock, until the scope has ended</td></tr>
 * <tr><td>Scope.cancelled</td><td>volatile</td><td>volatile</td><td>writers: Scope.lock</td></tr>
 * <tr><td>Scope.ended, .owner</td><td>volatile, after writing the other one</td><td>volatile</td><td></td></tr>
 * <tr><td>ScopedTask.unwanted</td><td>volatile, by who ends the task</td><td>volatile, before the abort</td>
 *     <td></td></tr>
 * <tr><td>ScopedTask.error</td><td>plain</td><td>plain, by who ends the task</td><td>published by Scope.lock</td></tr>
 * <tr><td>BodyInterrupt.state</td><td>volatile</td><td>compare-and-set; volatile by who holds INTERRUPTING</td>
 *     <td></td></tr>
 * <tr><td>LocalWorker.stopped, .waker</td><td>volatile, after writing the other one</td><td>volatile</td><td></td></tr>
 * <tr><td>LocalWorker.tasks</td><td>volatile</td><td>atomic add, compare-and-set</td><td></td></tr>
 * <tr><td>TaskTrackerToken.closed</td><td>exchange</td><td>exchange</td><td></td></tr>
 * </table>
 *
 * <p>No lock is taken inside another one, and none is held while a waker or {@code abort} is called.
 */
@NullMarked
package dev.edo.task;

import org.jspecify.annotations.NullMarked;
