/**
 * Streams: what comes one after the other, the combinators on it, and bridges to the JDK's streams,
 * iterators and {@link java.util.concurrent.Flow}.
 *
 * <p>Begin with {@link dev.edo.stream.Stream}, which has all sources and combinators as methods, each with a
 * class of its name ({@code filter}: {@code FilterStream}). {@link dev.edo.stream.StreamMap} merges streams
 * that come and go, and polls those that were woken, which {@code WokenBranches} collects. {@code
 * StreamPublisher} and {@code PublisherStream} are the bridges to publishers.
 *
 * <p>A poll gives the bare element, or null, which {@link dev.edo.stream.Stream#isTerminated} explains. A
 * result that said all three (element, pending, end) would be an object around each element and in each
 * combinator; this way a chain of combinators over a source that is ready allocates nothing.
 *
 * <p>A stream belongs to the task that polls it, so its fields are plain. Those that other threads touch:
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>read</th><th>write</th><th>guard</th></tr>
 * <tr><td>{@code Branch.queued}</td><td>exchange</td><td>exchange</td><td>none</td></tr>
 * <tr><td>{@code Branch.below}</td><td>plain, poller</td><td>plain, pusher</td>
 * <td>who set {@code queued}</td></tr>
 * <tr><td>{@code Branch.stream}</td><td>plain, any</td><td>plain, poller</td>
 * <td>none: stale costs a poll</td></tr>
 * <tr><td>{@code WokenBranches.head}</td><td>volatile</td>
 * <td>compare-and-set, exchange</td><td>none</td></tr>
 * <tr><td>{@code WokenBranches.parent}</td><td>volatile</td><td>volatile, poller</td><td>none</td></tr>
 * <tr><td>{@code PublisherStream.tail, ended}</td><td>volatile</td>
 * <td>volatile, publisher</td><td>serial signals</td></tr>
 * <tr><td>{@code PublisherStream.failure, overflowed}</td><td>plain</td>
 * <td>plain, publisher; failure also the poller, at its end</td><td>{@code ended}</td></tr>
 * <tr><td>{@code PublisherStream.ring}</td><td>plain</td><td>plain</td><td>{@code tail}; requests</td></tr>
 * <tr><td>{@code PublisherStream.subscription}</td><td>volatile</td>
 * <td>compare-and-set, exchange</td><td>none</td></tr>
 * <tr><td>{@code PublisherStream.waker}</td><td>volatile</td><td>volatile, exchange</td><td>none</td></tr>
 * <tr><td>{@code Demand.requested}</td><td>volatile</td><td>compare-and-set</td><td>none</td></tr>
 * <tr><td>{@code Demand.badRequest, cancelled}</td><td>volatile</td><td>volatile</td><td>none</td></tr>
 * <tr><td>{@code Demand.waker}</td><td>volatile</td><td>volatile, exchange</td><td>none</td></tr>
 * </table>
 */
@NullMarked
package dev.edo.stream;

import org.jspecify.annotations.NullMarked;
