/**
 * Timers: a clock that tests can stop, one timer wheel per worker, and the driver that sleeps until
 * the next timer is due.
 *
 * <p>From the outside in: {@link dev.edo.impl.time.SleepEntry} is what the API hands out and at the
 * same time the node in the wheel. {@link dev.edo.impl.time.TimerEntry} is its life: registered,
 * fired, moved, cancelled. {@link dev.edo.impl.time.TimerShard} is a {@link
 * dev.edo.impl.time.Wheel} with a lock and a published next deadline. {@link
 * dev.edo.impl.time.TimeDriver} owns all shards of a runtime.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by, mode</th><th>read by, mode</th><th>guard</th></tr>
 * <tr><td>TimerEntry.state</td><td>owner; who fires, release</td><td>owner, acquire</td>
 *     <td>shard lock while REGISTERED</td></tr>
 * <tr><td>TimerEntry.waker</td><td>owner; who fires</td>
 *     <td>who fires; owner also without the lock, to compare</td><td>shard lock</td></tr>
 * <tr><td>WheelEntry links, slot</td><td>wheel</td><td>wheel</td><td>shard lock</td></tr>
 * <tr><td>WheelEntry.deadlineNanos</td><td>owner, while in no wheel</td><td>owner; wheel</td>
 *     <td>handed over by the shard lock</td></tr>
 * <tr><td>TimerShard.next</td><td>lock holder; release, in the shared shard volatile</td>
 *     <td>anyone, volatile</td><td>shard lock for writing</td></tr>
 * <tr><td>TimerShard.wheel, closed, registered</td><td>lock holder</td><td>lock holder</td>
 *     <td>shard lock</td></tr>
 * <tr><td>TimerShard.lock</td><td>anyone, CAS and release</td><td>who waits for it, opaque</td>
 *     <td>none</td></tr>
 * <tr><td>TimerShard.spare</td><td>who fires, exchange and release</td><td>who fires, exchange</td>
 *     <td>none</td></tr>
 * <tr><td>TimeDriver.sleepingUntil</td><td>the parked thread, volatile</td>
 *     <td>who registers in the shared shard, volatile</td><td>none</td></tr>
 * <tr><td>TimeDriver.unparked</td><td>anyone, volatile; the parked thread, exchange</td>
 *     <td>the parked thread, volatile</td><td>none</td></tr>
 * <tr><td>Clock.anyDeviates</td><td>pause, volatile</td><td>anyone, volatile</td><td>none</td></tr>
 * <tr><td>Clock.autoAdvanceInhibitors</td><td>blocking jobs, atomic add</td>
 *     <td>the parked thread, volatile</td><td>none</td></tr>
 * <tr><td>Clock.reading</td><td>pause, resume, advance, CAS</td><td>anyone, volatile</td>
 *     <td>none</td></tr>
 * </table>
 *
 * <p>The owner of an entry is whoever may poll it: one thread at a time, handed on by the
 * scheduler.
 *
 * <p>Lock order: a thread holds at most one shard lock and calls nothing outside this package under
 * it.
 */
@NullMarked
package dev.edo.impl.time;

import org.jspecify.annotations.NullMarked;
