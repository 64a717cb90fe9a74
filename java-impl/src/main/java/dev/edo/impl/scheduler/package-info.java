/**
 * What both schedulers share: the nodes of run queues, the queue that other threads push to, deferred wakes, the watch
 * over hand-overs, the note of interrupts and the per-thread context.
 *
 * <p>{@link dev.edo.impl.scheduler.Scheduler} is what tasks ask, {@link dev.edo.impl.scheduler.Schedulable} what stands
 * in queues, {@link dev.edo.impl.scheduler.Inject} the queue, and {@link dev.edo.impl.scheduler.ThreadContext} says what
 * a thread is doing for which runtime. {@link dev.edo.impl.scheduler.StuckWatch} is the watch.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>mode</th></tr>
 * <tr><td>Inject.tail</td><td>any producer</td><td>producers, the consumer</td><td>getAndSet / volatile</td></tr>
 * <tr><td>Schedulable.queueNext</td><td>the producer after its swap</td><td>the consumer</td>
 *     <td>release / acquire</td></tr>
 * <tr><td>InjectHead.node</td><td>the consumer</td><td>the consumer</td><td>plain, under {@code taken}</td></tr>
 * <tr><td>Inject.counts</td><td>producers, the consumer</td><td>any</td><td>atomic add / volatile</td></tr>
 * <tr><td>InjectHead.pushed</td><td>the consumer</td><td>the consumer, metrics</td><td>opaque</td></tr>
 * <tr><td>InjectHead.taken</td><td>who takes turns as the consumer</td><td>the same</td>
 *     <td>compare-and-set, release / volatile</td></tr>
 * <tr><td>Inject.closed</td><td>who closes it</td><td>any</td><td>volatile; writes under its monitor</td></tr>
 * <tr><td>Scheduler.container</td><td>who spawns in direct style first</td><td>who spawns in direct style</td>
 *     <td>compare-and-set / volatile</td></tr>
 * <tr><td>Histogram.counts</td><td>the thread that drives the worker</td><td>metrics</td><td>opaque</td></tr>
 * <tr><td>StuckWatch.queued, .started</td><td>who hands over; who starts it</td><td>any</td>
 *     <td>{@code LongAdder}, a full fence behind it where its protocol says so</td></tr>
 * <tr><td>StuckWatch.armed</td><td>who hands over, who resumes, the watch</td><td>the same</td><td>volatile</td></tr>
 * <tr><td>StuckWatch.threadStarted</td><td>who arms it first</td><td>who arms it</td>
 *     <td>compare-and-set; volatile where there was no thread</td></tr>
 * <tr><td>StuckWatch.thread, .ended</td><td>who starts it, the watch; who ends the scheduler</td><td>any</td>
 *     <td>volatile</td></tr>
 * </table>
 */
@NullMarked
package dev.edo.impl.scheduler;

import org.jspecify.annotations.NullMarked;
