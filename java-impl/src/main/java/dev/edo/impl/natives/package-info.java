/**
 * Edo's own native library, seen from Java: how it is found and loaded, the memory that C and Java
 * share, and the functions.
 *
 * <p>Everything starts with {@link dev.edo.impl.natives.NativeLibrary#ensureLoaded()}: a native
 * method called before it throws {@link java.lang.UnsatisfiedLinkError}.
 *
 * <p>Each struct of {@code native/include/edo_abi.h} has one descriptor class here. Shared fields:
 *
 * <table>
 * <caption>Fields of a slot ({@link dev.edo.impl.natives.SlotLayout})</caption>
 * <tr><th>field</th><th>written by</th><th>mode</th><th>read by</th><th>mode</th></tr>
 * <tr><td>readiness</td><td>C: publish; Java: clear; shut down; reset, between two
 *     owners</td><td>CAS; atomic or; volatile</td><td>both</td><td>volatile</td></tr>
 * <tr><td>generation</td><td>Java, freeing the slot</td><td>release</td>
 *     <td>C; Java, registering</td><td>acquire; volatile</td></tr>
 * <tr><td>waiting</td><td>Java: a waiter; C: taking what it reports; Java: reset, between
 *     two owners</td><td>atomic or, and; volatile</td><td>both</td><td>volatile</td></tr>
 * <tr><td>interest, fd</td><td>Java, registering</td><td>opaque</td>
 *     <td>dumps</td><td>opaque</td></tr>
 * </table>
 *
 * <p>The counters of a poller ({@link dev.edo.impl.natives.PollerLayout}) are written by the polling
 * thread, in C, relaxed, and read by anyone, opaque.
 */
@NullMarked
package dev.edo.impl.natives;

import org.jspecify.annotations.NullMarked;
