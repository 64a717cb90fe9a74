/**
 * The facade: {@link dev.edo.Edo} is all that most programs import.
 *
 * <p>Behind it, {@link dev.edo.runtime} builds runtimes, {@link dev.edo.task} has what spawning returns and tasks in
 * sets and scopes, and {@link dev.edo.future} the contract of everything that waits. {@link dev.edo.sync} is what tasks
 * share, {@link dev.edo.stream} what comes one after the other, {@link dev.edo.io}, {@link dev.edo.net} and
 * {@link dev.edo.fs} are bytes, {@link dev.edo.codec} is the frames in them, {@link dev.edo.time} sleeps, timeouts and
 * ticks, {@link dev.edo.signal} what the system tells the process.
 */
@NullMarked
package dev.edo;

import org.jspecify.annotations.NullMarked;
