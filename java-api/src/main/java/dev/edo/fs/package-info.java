/**
 * Files and directories. The JDK's calls for them block, so each is made on the blocking pool; a {@link
 * dev.edo.fs.File} reads and writes through a buffer, so that one such trip serves many small reads. Of its parts
 * {@code FileHandle} counts who uses the open file, {@code BufferedFile} has the bytes and the position, and {@code
 * FileJob} what is in flight. Where the runtime has a ring, the kernel makes some of the calls: what is named {@code
 * Ring...} begins them, and goes to the pool with what the kernel does not do. {@link dev.edo.fs.Fs} has the calls that need no open file, each one such trip.
 *
 * <p>Shared fields; all others belong to the task that uses the object, and are the job's while one is in
 * flight:
 *
 * <table>
 * <caption>who reads and writes what</caption>
 * <tr><th>field</th><th>read</th><th>write</th><th>guard</th></tr>
 * <tr><td>SharedHandle.users</td><td>volatile</td><td>compare-and-set, atomic add</td><td>none; who makes
 * it zero closes</td></tr>
 * <tr><td>SharedHandle.waiting</td><td>exchange by who leaves one user</td><td>volatile by the poll, compare-and-set
 * by who gives up</td><td>none; partner: users</td></tr>
 * <tr><td>FileHandle.files</td><td>volatile</td><td>atomic add</td><td>none; down before users</td></tr>
 * <tr><td>OpeningFuture.opened</td><td></td><td>compare-and-set by the call, exchange by who gives up,
 * volatile by the poll that completes</td><td>none; partner: each other</td></tr>
 * <tr><td>FileHandle.closed, ReadDir.closed</td><td>volatile</td><td>compare-and-set, once</td><td>none</td></tr>
 * <tr><td>buffer, cursor and ahead of a BufferedFile; queue, failure and atEnd of a
 * ReadDir</td><td>plain</td><td>plain</td>
 * <td>the job in flight; its start and its end hand them over</td></tr>
 * <tr><td>RingWriteAll.GoesOn.wakes</td><td></td><td>atomic add</td><td>none; who makes it one polls until it is
 * zero, and has the other fields of the RingWriteAll</td></tr>
 * <tr><td>position of a ChannelFile's channel</td><td>plain</td><td>plain</td>
 * <td>the turn of the ChannelFile</td></tr>
 * </table>
 */
@NullMarked
package dev.edo.fs;

import org.jspecify.annotations.NullMarked;
