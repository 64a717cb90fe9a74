/**
 * What both schedulers share: the nodes of run queues, the queue that other threads push to, deferred wakes and
 * the per-thread context.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>mode</th></tr>
 * <tr><td>Inject.tail</td><td>any producer</td><td>producers, the consumer</td><td>getAndSet / acquire</td></tr>
 * <tr><td>Schedulable.queueNext</td><td>the producer after its swap</td><td>the consumer</td>
 *     <td>release / acquire</td></tr>
 * <tr><td>Inject.head</td><td>the consumer</td><td>the consumer</td><td>plain, under {@code consumer}</td></tr>
 * <tr><td>Inject.size</td><td>producers, the consumer</td><td>any</td><td>atomic add / volatile</td></tr>
 * </table>
 */
@NullMarked
package dev.edo.impl.scheduler;

import org.jspecify.annotations.NullMarked;
