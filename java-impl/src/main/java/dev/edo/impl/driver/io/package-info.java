/**
 * The I/O driver: registered descriptors, their readiness, and who waits for it.
 *
 * <p>{@link dev.edo.impl.driver.io.IoDriver} turns; {@link dev.edo.impl.driver.io.Selector} is the
 * kernel's side of a turn; {@link dev.edo.impl.driver.io.SlotRegion} has the slots, which C and
 * Java share; {@link dev.edo.impl.driver.io.ScheduledIo} is the heap twin of a slot; {@link
 * dev.edo.impl.driver.io.RegistrationSet} finds one by the other; {@link
 * dev.edo.impl.driver.io.Registration} is what sockets hold. {@link dev.edo.impl.driver.io.Uring} has the kernel
 * make calls on files: a {@link dev.edo.impl.driver.io.UringCall} is one in flight, in the {@link
 * dev.edo.impl.driver.io.UringTable}, with memory of the {@link dev.edo.impl.driver.io.UringBuffers}.
 *
 * <p>"Polling thread" is whoever is inside {@code IoDriver.park} or {@code shutdown}: one at a
 * time. The fields of a slot are in the table of {@code dev.edo.impl.natives}.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>mode</th><th>guard</th></tr>
 * <tr><td>ScheduledIo.index</td><td>close, shutdown; under the lock</td><td>any</td><td>volatile</td>
 *     <td>writes: its lock</td></tr>
 * <tr><td>ScheduledIo.reader, writer</td><td>pollers store, and forget their own; polling thread,
 *     close, wakeReaders and wakeWriters take</td>
 *     <td>the same</td>
 *     <td>volatile; compare-and-set; exchange</td><td>none</td></tr>
 * <tr><td>ScheduledIo.firstWaiter</td><td>pollers, polling thread, close, wakeReaders, wakeWriters</td><td>any</td>
 *     <td>volatile</td>
 *     <td>writes: its lock</td></tr>
 * <tr><td>ScheduledIo.nextPending</td><td>deregister, polling thread</td><td>the same</td>
 *     <td>plain</td>
 *     <td>RegistrationSet.lock</td></tr>
 * <tr><td>Readiness.previous, next, waker, fired</td><td>its poller, polling thread, close, wakeReaders, wakeWriters</td>
 *     <td>the same</td>
 *     <td>plain</td><td>the ScheduledIo's lock</td></tr>
 * <tr><td>Readiness.enlisted, done</td><td>its poller</td><td>its poller</td><td>plain</td>
 *     <td>one poller at a time</td></tr>
 * <tr><td>RegistrationSet.table</td><td>register, polling thread</td><td>polling thread</td>
 *     <td>volatile</td>
 *     <td>writes: lock</td></tr>
 * <tr><td>RegistrationSet.table[i]</td><td>register, polling thread</td><td>polling thread</td>
 *     <td>release, acquire</td><td>writes: lock</td></tr>
 * <tr><td>RegistrationSet.pendingCount</td><td>deregister, polling thread</td><td>any</td>
 *     <td>volatile</td>
 *     <td>writes: lock</td></tr>
 * <tr><td>RegistrationSet, the rest; SlotRegion's free slots</td><td>any</td><td>any</td>
 *     <td>plain</td>
 *     <td>RegistrationSet.lock</td></tr>
 * <tr><td>WakeToken.state</td><td>any</td><td>any</td><td>atomic read-modify-write</td>
 *     <td>none</td></tr>
 * <tr><td>UseCount.users</td><td>any</td><td>any</td><td>atomic read-modify-write</td>
 *     <td>none</td></tr>
 * <tr><td>NativeSelector.lastCounts</td><td>polling thread, before it closes the UseCount</td>
 *     <td>whoever finds it closed</td><td>plain</td>
 *     <td>published by UseCount.users</td></tr>
 * <tr><td>IoDriver.lasting</td><td>registerForGood</td><td>any</td>
 *     <td>atomic read-modify-write</td><td>none</td></tr>
 * <tr><td>UringCall.state</td><td>its owner, whoever takes its end from the ring, shutdown</td><td>the same</td>
 *     <td>compare-and-set</td><td>none; the states are drawn there</td></tr>
 * <tr><td>UringCall.result, opened</td><td>whoever takes its end from the ring</td><td>its owner</td><td>plain</td>
 *     <td>published by UringCall.state</td></tr>
 * <tr><td>UringCall.number</td><td>who begins it</td><td>its owner</td><td>plain</td><td>its owner began it</td></tr>
 * <tr><td>UringTable, UringBuffers</td><td>any</td><td>any</td><td>plain</td><td>its lock</td></tr>
 * <tr><td>the ring in C</td><td>any</td><td>any</td><td>plain</td><td>its lock, in C</td></tr>
 * <tr><td>IoDriver.uring, Uring.atBegin, atEnd</td><td>who opens the driver</td><td>any</td><td>plain</td>
 *     <td>written before others know the driver</td></tr>
 * <tr><td>IoDriver.tick, wakers</td><td>polling thread</td><td>polling thread</td><td>plain</td>
 *     <td>the scheduler's driver lock</td></tr>
 * </table>
 *
 * <p><b>Lock order.</b> The lock of a ScheduledIo and {@code RegistrationSet.lock} are never held
 * together, and no waker is called under either. Both spin; the first one is held over the system
 * call that deregisters. The lock of a UringTable comes before that of the ring in C, over a cancel; either is held
 * for one system call at most, and no waker is called under it.
 */
@NullMarked
package dev.edo.impl.driver.io;

import org.jspecify.annotations.NullMarked;
