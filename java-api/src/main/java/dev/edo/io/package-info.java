/**
 * Sources and sinks of bytes, what can be done with them, and the vocabulary of readiness.
 *
 * <p>Begin with {@link dev.edo.io.AsyncRead} and {@link dev.edo.io.AsyncWrite}: their {@code poll} methods are for who
 * makes a source or sink, their futures for who uses one. {@link dev.edo.io.AsyncBufRead} adds lines and delimiters,
 * {@link dev.edo.io.AsyncSeek} a position. {@link dev.edo.io.Io} has what is made of them: copies, halves, pipes in
 * memory, the standard streams, bridges to the JDK's streams and channels. Behind its pipes is one ring of bytes,
 * {@code Pipe}, and behind its halves one lock, {@code SharedStream}. Of descriptors, {@link dev.edo.io.AsyncFd} waits
 * for an {@link dev.edo.io.Interest} and finds them {@link dev.edo.io.Ready}.
 *
 * <p>Shared fields of the classes that two threads use at once; each is written by the side
 * that is named, and all
 * accesses are sequentially consistent unless said otherwise:
 *
 * <table>
 * <caption>who reads and writes what</caption>
 * <tr><th>field</th><th>read</th><th>write</th><th>guard</th></tr>
 * <tr><td>Pipe.head</td><td>volatile; plain by the reader</td><td>volatile, reader</td><td>none;
 * partner: the writer's
 * store of its waker</td></tr>
 * <tr><td>Pipe.tail</td><td>volatile; plain by the writer</td><td>volatile, writer</td><td>none;
 * partner: the reader's
 * store of its waker</td></tr>
 * <tr><td>Pipe.reader, writer (wakers)</td><td>volatile</td><td>volatile by the one who waits,
 * exchange by the other
 * side, compare-and-set to forget</td><td>none</td></tr>
 * <tr><td>Pipe.readerClosed, writerDone, writerClosed</td><td>volatile</td><td>volatile,
 * once</td><td>none; partner: as
 * of head and tail</td></tr>
 * <tr><td>SharedStream.locked</td><td></td><td>compare-and-set, volatile</td><td>none; partner:
 * the store of a waker or
 * of a request to forget one</td></tr>
 * <tr><td>SharedStream.reader, writer, readForget, writeForget</td><td>volatile</td><td>volatile
 * by the half, exchange
 * by who unlocks</td><td>none</td></tr>
 * <tr><td>SharedStream.spent</td><td>volatile</td><td>volatile, once, by who puts the halves
 * together</td><td>none</td></tr>
 * <tr><td>the stream in a SharedStream</td><td>plain</td><td>plain</td><td>locked</td></tr>
 * </table>
 */
@NullMarked
package dev.edo.io;

import org.jspecify.annotations.NullMarked;
