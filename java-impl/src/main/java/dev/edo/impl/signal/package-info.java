/**
 * Signals of the operating system, by the JVM's own handler ({@code sun.misc.Signal}); {@link
 * dev.edo.impl.signal.SignalRegistry} says why.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>read</th><th>write</th><th>guard</th></tr>
 * <tr><td>SignalRegistry.events</td><td>acquire, anyone</td><td>release, once an element</td><td>writes: the registry's
 * monitor</td></tr>
 * <tr><td>SignalEvent.replaced</td><td>volatile, the JVM's handler thread</td><td>volatile, once, by who installs the
 * handler</td><td>writes: the registry's monitor</td></tr>
 * <tr><td>SignalEvent.arrivals</td><td></td><td></td><td>a watch channel</td></tr>
 * </table>
 */
@NullMarked
package dev.edo.impl.signal;

import org.jspecify.annotations.NullMarked;
