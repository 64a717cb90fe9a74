/**
 * Tasks in direct style: virtual threads scheduled on Edo's workers.
 *
 * <p>{@link dev.edo.impl.task.coroutine.Coroutine} is such a task, and
 * {@link dev.edo.impl.task.coroutine.ThreadWaker} what it awaits futures with.
 * {@link dev.edo.impl.task.coroutine.Carriers} has what the JDK does not make public;
 * {@link dev.edo.impl.task.coroutine.Orphans} mount what no runtime mounts any more.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>mode</th></tr>
 * <tr><td>Coroutine.continuation</td><td>who starts the thread, once</td><td>any, later</td>
 *     <td>plain; published by the start of the thread</td></tr>
 * <tr><td>Coroutine.queued</td><td>who submits the thread, who runs it</td><td>who submits</td>
 *     <td>compare-and-set / volatile</td></tr>
 * <tr><td>Coroutine.atAwait</td><td>the thread itself</td><td>who submits</td>
 *     <td>plain; published by the JDK's state of the thread</td></tr>
 * <tr><td>Coroutine.handedOver</td><td>who raised queued; who runs it, before queued is cleared</td><td>the same; the
 *     watch, of one that it took out of a queue</td><td>plain; published by queued and by the queue</td></tr>
 * <tr><td>Coroutine.runsAsOrphan</td><td>who drops it</td><td>the same</td>
 *     <td>plain; one turn follows the other</td></tr>
 * <tr><td>Task.budget of a coroutine</td><td>the worker before it mounts the thread, the thread</td>
 *     <td>the thread; the worker after the mount, which may race with the next one</td><td>plain</td></tr>
 * <tr><td>ThreadWaker.state</td><td>the awaiting thread, any waker</td><td>both</td><td>atomic</td></tr>
 * </table>
 */
@NullMarked
package dev.edo.impl.task.coroutine;

import org.jspecify.annotations.NullMarked;
