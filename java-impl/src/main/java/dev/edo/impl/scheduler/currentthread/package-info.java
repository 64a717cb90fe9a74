/**
 * The scheduler that runs everything on the thread inside {@code blockOn}.
 *
 * <p>{@link dev.edo.impl.scheduler.currentthread.CurrentThread} is the scheduler. {@code Core} runs the tasks, for
 * whoever has it by {@code CoreLock}; {@code BlockOn} is the waker of what that thread itself waits for.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>mode</th></tr>
 * <tr><td>CoreLock.holder</td><td>who takes or gives back the core</td><td>any</td>
 *     <td>compare-and-set, volatile</td></tr>
 * <tr><td>CoreLock.waiting</td><td>who waits for the core</td><td>who gives it back, who shuts down</td>
 *     <td>a concurrent queue</td></tr>
 * <tr><td>CoreLock.owner</td><td>who makes a local runtime, or ends one whose thread is gone</td>
 *     <td>who blocks</td><td>plain; before others know the runtime, or by the one who reads it</td></tr>
 * <tr><td>Core.queue, untilInject, defer, yielded, aheadOfYielded</td><td>the holder</td>
 *     <td>the holder; metrics, the length of the queue</td>
 *     <td>plain; handed over through {@code CoreLock.holder}</td></tr>
 * <tr><td>CurrentThreadStats</td><td>the holder; forced yields also who polls its own future without the core</td>
 *     <td>metrics, the watch</td><td>plain; a metric may be a little old; forced yields: {@code LongAdder}</td></tr>
 * <tr><td>Core.running</td><td>the holder</td><td>the watch</td><td>plain, sampled</td></tr>
 * <tr><td>Core.driving</td><td>the holder</td><td>dumps</td><td>plain, sampled</td></tr>
 * <tr><td>CurrentThread.shutdown, .panic</td><td>who shuts down; the holder</td><td>any</td><td>volatile</td></tr>
 * <tr><td>InterruptWake.hook, .kept</td><td>the holder</td><td>the holder</td>
 *     <td>plain; handed over through {@code CoreLock.holder}</td></tr>
 * <tr><td>InterruptWake.Hook.state</td><td>who interrupts the holder; the holder, when it leaves</td>
 *     <td>the same</td><td>volatile compare-and-set</td></tr>
 * <tr><td>BlockOn.woken</td><td>any waker</td><td>the blocked thread</td><td>atomic</td></tr>
 * </table>
 */
@NullMarked
package dev.edo.impl.scheduler.currentthread;

import org.jspecify.annotations.NullMarked;
