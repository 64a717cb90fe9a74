/**
 * Spawned tasks: their handles, ids and errors.
 */
@NullMarked
package dev.edo.task;

import org.jspecify.annotations.NullMarked;
