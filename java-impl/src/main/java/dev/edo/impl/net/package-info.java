/**
 * TCP, UDP and Unix domain sockets on Netty's socket calls, pipes on the C library's, all on the I/O driver's
 * readiness.
 *
 * <p>From the bottom: {@link dev.edo.impl.net.SocketDescriptor} owns a descriptor, and {@link
 * dev.edo.impl.net.NativeSocket} makes the calls on it;
 * {@link dev.edo.impl.net.EventedSocket} adds a registration with the I/O driver and with it waiting;
 * streams, listeners and halves are views of an evented socket. The classes named {@code Socket...} are what
 * all kinds of socket share, those named {@code Tcp...} and {@code Unix...} add addresses and options. Datagrams
 * are the same in {@link dev.edo.impl.net.NativeDatagrams} and {@link dev.edo.impl.net.EventedDatagrams}. What Netty
 * throws becomes one of the JDK's exceptions in {@link dev.edo.impl.net.SocketError}.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>mode</th></tr>
 * <tr><td>SocketDescriptor.state</td><td>whoever makes a call, the closer</td><td>the same</td>
 *     <td>atomic add, CAS / volatile</td></tr>
 * <tr><td>NativePipe.state</td><td>as of a socket</td><td>the same</td><td>atomic add, CAS / volatile</td></tr>
 * <tr><td>NativePipe.isKeptOpen</td><td>who makes or gives away an end</td><td>who ends the last call</td>
 *     <td>volatile</td></tr>
 * <tr><td>NativeSocket.peer</td><td>connect, who asks for it first</td><td>any</td><td>volatile</td></tr>
 * <tr><td>NativeSocket.encodedPeer</td><td>accept, before others know the socket</td><td>any</td><td>plain</td></tr>
 * <tr><td>NativeDatagrams.connected</td><td>connect</td><td>any</td><td>volatile</td></tr>
 * <tr><td>NativeDatagrams.lastSender, lastTarget</td><td>who receives, who sends</td><td>the same</td>
 *     <td>plain; immutable objects</td></tr>
 * <tr><td>UnixNativeSocket.what, asked</td><td>bind, connect, accept</td><td>any</td><td>volatile</td></tr>
 * <tr><td>Scratch pool slots</td><td>whoever takes or returns</td><td>the same</td>
 *     <td>getAndSet, CAS</td></tr>
 * <tr><td>SocketStream.socket, PreparedSocket.socket</td><td>split, connect, listen, close of a
 *     socket</td><td>any task that was given the object</td><td>exchange / volatile, plain in streams</td></tr>
 * <tr><td>PreparedSocket.used</td><td>connect, listen, bind</td><td>any</td><td>CAS / volatile</td></tr>
 * <tr><td>PreparedSocket.closed</td><td>close</td><td>any</td><td>volatile</td></tr>
 * <tr><td>SplitState.state</td><td>the halves</td><td>the halves</td><td>CAS / volatile</td></tr>
 * </table>
 */
@NullMarked
package dev.edo.impl.net;

import org.jspecify.annotations.NullMarked;
