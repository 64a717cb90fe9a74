package dev.edo.future;

import org.jspecify.annotations.Nullable;

/**
 * Which branch of a {@link SelectList} completed first, and its value.
 *
 * @param index the branch's place in the list, from 0
 * @param value its value
 * @param <T> the type of the branches' values
 */
public record Selected<T extends @Nullable Object>(int index, T value) {}
