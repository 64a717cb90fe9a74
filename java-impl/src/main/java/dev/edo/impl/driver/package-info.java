/**
 * What a scheduler sleeps in: a {@link dev.edo.impl.driver.Park}. {@link dev.edo.impl.driver.Driver} stacks those of
 * one runtime, time around I/O; {@link dev.edo.impl.driver.ThreadPark} is that of a runtime without I/O.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>mode</th></tr>
 * <tr><td>ThreadPark.notified</td><td>who parks, any unparker</td><td>the same</td>
 *     <td>volatile; exchange</td></tr>
 * <tr><td>ThreadPark.parked</td><td>who parks</td><td>any unparker, after notified</td><td>volatile</td></tr>
 * </table>
 */
@NullMarked
package dev.edo.impl.driver;

import org.jspecify.annotations.NullMarked;
