/**
 * The poll contract (futures, wakers, contexts) and the combinators built on it.
 *
 * <p>Begin with {@link dev.edo.future.Future}: what its {@code poll} and {@code cancel} promise holds
 * for everything in Edo that waits. {@link dev.edo.future.Context} is what a poll is given,
 * {@link dev.edo.future.Poll} what it finds, and {@link dev.edo.future.Waker} what it leaves behind.
 * {@link dev.edo.future.IoFuture} and {@link dev.edo.future.InfallibleFuture} say what a future can
 * fail with; {@link dev.edo.future.Await} is behind every {@code await()}. Of the combinators
 * {@link dev.edo.future.Select} waits for the first of several futures and
 * {@link dev.edo.future.Join} for all of them; those of a single future are methods of it, each with a
 * class of its name ({@code map}: {@code MapFuture}).
 */
@NullMarked
package dev.edo.future;

import org.jspecify.annotations.NullMarked;
