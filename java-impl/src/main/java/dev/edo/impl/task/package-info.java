/**
 * Tasks: one object is the state word, the future, the join side, the waker and the queue node.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>mode / guard</th></tr>
 * <tr><td>TaskState.state</td><td>any</td><td>any</td><td>volatile compare-and-set</td></tr>
 * <tr><td>Task.stage (future)</td><td>the poller</td><td>the poller</td><td>plain, guarded by RUNNING</td></tr>
 * <tr><td>Task.stage (output)</td><td>who ends the task</td><td>the joiner</td><td>plain, published by COMPLETE</td></tr>
 * <tr><td>Task.joinWaker</td><td>the joiner, who ends the task</td><td>who ends the task</td><td>volatile</td></tr>
 * <tr><td>Task.budget</td><td>the poller</td><td>the poller</td><td>plain, guarded by RUNNING</td></tr>
 * <tr><td>Task.ownedPrevious, ownedNext</td><td>any</td><td>any</td><td>plain, under the shard's lock</td></tr>
 * </table>
 */
@NullMarked
package dev.edo.impl.task;

import org.jspecify.annotations.NullMarked;
