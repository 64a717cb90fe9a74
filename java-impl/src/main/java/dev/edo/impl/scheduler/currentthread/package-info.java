/**
 * The scheduler that runs everything on the thread inside {@code blockOn}.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>mode</th></tr>
 * <tr><td>CurrentThread.holder</td><td>who takes or gives back the core</td><td>any</td><td>compare-and-set</td></tr>
 * <tr><td>CurrentThread.queue, untilInject, defer, stats</td><td>the holder</td><td>the holder</td>
 *     <td>plain; handed over through {@code holder}</td></tr>
 * <tr><td>BlockOn.woken</td><td>any waker</td><td>the blocked thread</td><td>atomic</td></tr>
 * </table>
 */
@NullMarked
package dev.edo.impl.scheduler.currentthread;

import org.jspecify.annotations.NullMarked;
