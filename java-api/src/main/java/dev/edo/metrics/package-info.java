/**
 * Measuring tasks and runtimes in intervals, for dashboards and alarms.
 *
 * <p>Begin with {@link dev.edo.metrics.TaskMonitor}, which tells of the futures that pass through it
 * where their time went, as {@link dev.edo.metrics.TaskMetrics}, and with
 * {@link dev.edo.metrics.RuntimeMonitor}, which tells what the workers of a runtime did, as
 * {@link dev.edo.metrics.RuntimeInterval}. The live figures of a runtime are its
 * {@link dev.edo.runtime.RuntimeMetrics}.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>read mode</th><th>write mode</th><th>guard</th></tr>
 * <tr><td>TaskCounts.stripes, and the counters in them</td><td>volatile</td>
 *     <td>compare-and-exchange; atomic add</td><td></td></tr>
 * <tr><td>Longest.nanos</td><td>volatile</td><td>compare-and-exchange; get-and-set by its reader</td>
 *     <td></td></tr>
 * <tr><td>LongestIdle.sinceAsked</td><td>volatile</td><td>compare-and-set</td><td></td></tr>
 * <tr><td>TimedWaker.wokeAtNanos</td><td>volatile</td>
 *     <td>compare-and-set by wakers, get-and-set by the poller</td><td></td></tr>
 * <tr><td>InstrumentedBody.begun</td><td></td><td>get-and-set</td><td></td></tr>
 * </table>
 *
 * <p>There is no lock. All other fields of an instrumented future belong to whoever polls it.
 */
@NullMarked
package dev.edo.metrics;

import org.jspecify.annotations.NullMarked;
