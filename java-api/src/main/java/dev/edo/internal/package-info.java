/**
 * What the packages of Edo share with each other and with nobody else.
 *
 * <p>Shared fields, sequentially consistent but for what a lock guards:
 *
 * <table>
 * <caption>who reads and writes what</caption>
 * <tr><th>field</th><th>read</th><th>write</th><th>guard</th></tr>
 * <tr><td>BlockingJob.waiting</td><td>exchange, by who ends the call</td><td>volatile, by who polls;
 * compare-and-set to forget</td><td>none; partner: the end of the call</td></tr>
 * <tr><td>LinkedWaits.first; LinkedWait.previous, .next, .waker</td><td>plain</td><td>plain</td>
 * <td>the list's lock</td></tr>
 * <tr><td>DroppedResources.STARTED, FAILURE_LOGGED</td><td>volatile, by who makes a resource</td>
 * <td>compare-and-set, by who makes one; volatile, by the thread when it ends</td><td>none</td></tr>
 * <tr><td>DroppedResources.Shard.first, Trace.previous, next, isListed</td><td>plain, by who makes or closes a
 * resource</td><td>the same</td><td>the shard</td></tr>
 * </table>
 */
@NullMarked
package dev.edo.internal;

import org.jspecify.annotations.NullMarked;
