/**
 * A small Redis: strings with expiry, counters, publish and subscribe, over RESP2.
 *
 * <p>{@link dev.edo.examples.miniredis.MiniRedis} is the program, {@link
 * dev.edo.examples.miniredis.Session} one connection. {@link dev.edo.examples.miniredis.Command}
 * finds the words of a command where they lie in the session's buffer, {@link
 * dev.edo.examples.miniredis.Reply} writes the answers. {@link dev.edo.examples.miniredis.Store} holds
 * the values; a {@link dev.edo.time.DelayQueue} and one task end those whose time is over. {@link
 * dev.edo.examples.miniredis.Channels} is who listens to what.
 *
 * <p>Sessions run on all workers at once, other than in Redis, so each operation of the store is
 * atomic by itself.
 */
@NullMarked
package dev.edo.examples.miniredis;

import org.jspecify.annotations.NullMarked;
