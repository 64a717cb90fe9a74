/**
 * What tasks share and how they wait for each other: semaphores, locks, notifications, barriers,
 * cells, channels. Everything here works for tasks of both styles and for plain threads, needs no
 * runtime but where it says so, and wakes whoever waits in the order in which they came; only the
 * receivers of one watch or broadcast channel are woken in no order.
 *
 * <p>Where the mechanisms are: {@code BatchSemaphore} counts permits for
 * {@link dev.edo.sync.Semaphore}, {@link dev.edo.sync.Mutex}, {@link dev.edo.sync.RwLock},
 * {@link dev.edo.sync.OnceCell} and the bounded channel. {@code WaitList} is the queue of those who
 * wait, in a {@code WaiterGroup} of those who are only ever woken all together. {@code MpscChannel}
 * is the channel of {@link dev.edo.sync.Mpsc}, over the list of {@code ListTail} and {@code
 * ListHead}. {@link dev.edo.sync.Oneshot}, {@link dev.edo.sync.Watch} and
 * {@link dev.edo.sync.Broadcast} make the other channels, and {@code TokenNode} is the tree behind
 * {@link dev.edo.sync.CancellationToken}.
 *
 * <p>Fields shared by threads, of the part that waits for permits and notifications:
 *
 * <pre>
 * field                    | read                    | written                  | guard of writes
 * -------------------------+-------------------------+--------------------------+------------------
 * PlainPermits.word        | volatile                | compare-and-set          | permits: none, list
 *                          |                         |                          | where W; bits: list
 * Acquire.remaining        | acquire by its poller   | release                  | list
 * Notify.state             | volatile                | compare-and-set; volatile| EMPTY to NOTIFIED
 *                          |                         | or release with the lock | and back: none;
 *                          |                         |                          | else: list
 * Notified.notification    | acquire by its poller   | release                  | list
 * Waiter.next, .previous   | plain                   | plain                    | list; once out of
 *                          |                         |                          | it: who wakes
 * Waiter.waker             | plain; racy by pollers  | plain                    | as above
 *                          | of Barrier, SetOnce and |                          |
 *                          | WaiterGroup, which lock |                          |
 *                          | to change anything      |                          |
 * Barrier.generation       | volatile                | volatile                 | list
 * Barrier.arrived          | plain                   | plain                    | list
 * SetOnce.value            | volatile                | volatile                 | list
 * OnceSlot.value           | volatile                | volatile                 | the one permit
 * OnceCell.slot            | volatile                | compare-and-set          | none
 * Mutex.value, RwLock.value| plain                   | plain                    | the permit, or all
 * SpinLock.locked          | volatile                | compare-and-set, release | none
 * </pre>
 *
 * <p>Of the mpsc and oneshot channels:
 *
 * <pre>
 * field                    | read                    | written                  | guard of writes
 * -------------------------+-------------------------+--------------------------+------------------
 * ListTail.word            | volatile                | atomic addition and or   | none
 * ListTail.blockTail       | volatile                | compare-and-set          | none
 * ListHead.position        | plain by the receiver,  | release                  | the receiver
 *                          | acquire by others       |                          |
 * ListHead.end             | volatile                | volatile, once           | who set S in word
 * ListHead.head, .oldest   | plain                   | plain                    | the receiver
 * ListTail.permits         | volatile                | compare-and-set          | as PlainPermits.word
 * ChannelPermits.swept     | volatile                | volatile                 | list of the permits
 * ListHead.senderWaits     | volatile                | volatile                 | list of the permits
 * Block.slots[i]           | acquire                 | release; null: plain     | the position's
 *                          |                         |                          | sender; receiver
 * Block.next               | acquire                 | compare-and-set; null:   | none; receiver
 *                          |                         | plain, once abandoned    |
 * Block.observedTail       | acquire                 | release; plain, once     | who moved blockTail;
 *                          |                         | abandoned                | receiver
 * Block.start              | plain                   | plain, before it is      | who appends
 *                          |                         | appended                 |
 * AtomicWaker.waker        | volatile                | release, then a fence;   | the waiter;
 *                          |                         | taken by exchange        | none
 * MpscChannel.strong, .weak| volatile                | atomic addition,         | none
 *                          |                         | compare-and-set          |
 * SenderHandle.released,   | volatile                | compare-and-set          | none
 * MpscWeakSender.released  |                         |                          |
 * OneshotReceiver.state    | acquire or volatile     | compare-and-set; TAKEN:  | none; receiver
 *                          |                         | opaque                   |
 * OneshotReceiver.sender   | volatile                | volatile, exchange       | sender; none
 * </pre>
 *
 * <p>Of watch, broadcast and cancellation tokens:
 *
 * <pre>
 * field                    | read                    | written                  | guard of writes
 * -------------------------+-------------------------+--------------------------+------------------
 * WatchChannel.snapshot    | volatile                | compare-and-set          | none
 * WatchChannel's counts,   | volatile                | atomic addition,         | none
 * ManyReceivers.places     |                         | compare-and-set          |
 * BroadcastChannel.slots,  | volatile                | volatile                 | the channel's lock
 * .receiverCount           |                         |                          |
 * BroadcastChannel.tail    | plain, under the lock   | plain                    | the channel's lock
 * BroadcastChannel.strong, | volatile                | atomic addition,         | none; to subtract from
 *   .weak                  |                         | compare-and-set          | strong, the lock
 * BroadcastMessage         | volatile                | atomic addition          | none
 *   .remaining             |                         |                          |
 * BroadcastMessage.value   | plain, before the own   | plain null               | who counted to 0
 *                          | countdown               |                          |
 * released, of a handle    | volatile                | compare-and-set          | none
 * TokenNode.cancelled      | volatile                | volatile                 | the node's lock
 * TokenNode.closed, .first,| plain, under the lock   | plain                    | the node's lock
 *   .last                  |                         |                          |
 * TokenNode.parent         | volatile                | volatile                 | the list's node
 * TokenNode.next, .previous| plain, under the lock   | plain                    | the list's node
 * WaiterGroup.occupied     | volatile                | volatile                 | list
 * WaiterGroup.round        | plain, under the lock   | plain                    | list
 * WaiterGroups.groups      | volatile                | compare-and-set          | none
 * </pre>
 *
 * <p>Lock order: no spin lock is taken while another is held, but for the nodes of a tree of
 * cancellation tokens, the parent's before the child's, which a virtual thread waits for without
 * leaving its carrier. None is held while a waker, a {@code cancel()} or code of the application
 * (a context's {@code waker()} is that) runs.
 */
@NullMarked
package dev.edo.sync;

import org.jspecify.annotations.NullMarked;
