/**
 * The cancellation suite: every awaitable of the API is cancelled at each of its await points, in
 * each of the ways in which a task can give up, and must have lost nothing: no permit, message,
 * waiter, timer or slot.
 */
@NullMarked
package dev.edo.impl.cancel;

import org.jspecify.annotations.NullMarked;
