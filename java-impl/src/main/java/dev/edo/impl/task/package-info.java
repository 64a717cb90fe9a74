/**
 * Tasks: one object is the state word, the future, the join side, the waker and the queue node.
 *
 * <p>From the bottom: {@link dev.edo.impl.task.TaskState} is the word and its transitions,
 * {@link dev.edo.impl.task.Task} the join side and the end, {@link dev.edo.impl.task.StacklessTask} polls a future.
 * {@link dev.edo.impl.task.OwnedTasks} finds the tasks that have not ended.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>mode / guard</th></tr>
 * <tr><td>TaskState.state</td><td>any</td><td>any</td><td>volatile compare-and-set</td></tr>
 * <tr><td>Task.stage (future)</td><td>the poller</td><td>the poller</td><td>plain, guarded by RUNNING</td></tr>
 * <tr><td>Task.stage (output)</td><td>who ends the task; the joiner, who takes it out</td><td>the joiner</td>
 *     <td>plain, published by COMPLETE</td></tr>
 * <tr><td>Task.joinWaker</td><td>the joiner, who ends the task</td>
 *     <td>who ends the task, who gives a join up</td><td>volatile; compare-and-set to give up</td></tr>
 * <tr><td>Task.budget, .exempt, StacklessTask.yielding</td><td>the poller</td><td>the poller</td>
 *     <td>plain, guarded by RUNNING; a coroutine's budget is in the table of its package</td></tr>
 * <tr><td>StacklessTask.resumes</td><td>the poller, before it enqueues; who takes it from the queue</td>
 *     <td>who takes it from the queue</td><td>plain, published by the queue</td></tr>
 * <tr><td>Task.ownedBy, isCounted</td>
 *     <td>who spawns, who polls or is the thread, who ends the task</td><td>the same</td>
 *     <td>plain; published by the queue, guarded by RUNNING</td></tr>
 * <tr><td>Task.ownedPrevious, ownedNext; TaskList.first</td><td>any</td><td>any</td>
 *     <td>plain, under the list's lock</td></tr>
 * <tr><td>TaskList.spawned, ended</td><td>the thread that has the list to itself</td><td>metrics</td>
 *     <td>release, acquire</td></tr>
 * <tr><td>OwnedTasks.mode</td><td>who shuts down, who takes a dump</td><td>who spawns, pollers</td>
 *     <td>volatile; see {@link dev.edo.impl.task.OwnedTasks}</td></tr>
 * <tr><td>TraceRequests.dumps</td><td>who takes a dump</td><td>pollers of tasks that were told to trace</td>
 *     <td>copied on write</td></tr>
 * <tr><td>TaskFacts.scheduledNanos</td><td>who queues the task</td><td>its next poller</td>
 *     <td>plain, published by the queue</td></tr>
 * <tr><td>Task.id, LAST_ID</td><td>who asks for the id first</td><td>any</td><td>volatile compare-and-set</td></tr>
 * </table>
 */
@NullMarked
package dev.edo.impl.task;

import org.jspecify.annotations.NullMarked;
