/**
 * Child processes: our own start in C, the kernel's word of their end, and nobody left unburied.
 *
 * <p>From the bottom: {@link dev.edo.impl.process.SpawnRequest} makes what C needs to start a program;
 * {@link dev.edo.impl.process.ChildProcess} is a child as the system has it, whose end is learnt once; {@link
 * dev.edo.impl.process.WaitFuture} waits for that; {@link dev.edo.impl.process.OrphanQueue} has those that nobody
 * waits for.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>mode</th></tr>
 * <tr><td>ChildProcess.state</td><td>who looks and finds the end, once, under the lock</td><td>any</td>
 *     <td>volatile</td></tr>
 * <tr><td>ChildProcess.watched</td><td>who starts the child, who waits in another runtime, who finds the end</td>
 *     <td>any</td><td>volatile, CAS</td></tr>
 * <tr><td>ChildImpl.stdin, stdout, stderr</td><td>who takes or closes</td><td>any</td>
 *     <td>getAndSet / volatile</td></tr>
 * <tr><td>StdioSource.Taken.fd</td><td>who starts a child with it</td><td>the same</td><td>getAndSet</td></tr>
 * <tr><td>OrphanQueue.ORPHANS</td><td>who closes a child, the thread</td><td>the same</td>
 *     <td>concurrent queue</td></tr>
 * <tr><td>OrphanQueue.RUNNING</td><td>who closes a child, the thread when it ends</td><td>the same</td>
 *     <td>CAS</td></tr>
 * </table>
 */
@NullMarked
package dev.edo.impl.process;

import org.jspecify.annotations.NullMarked;
