package dev.edo.stream;

/**
 * One step of {@link Stream#unfold}: an element, and what the next step starts from.
 *
 * @param element the element
 * @param state given to the function that makes the next step
 * @param <T> the type of the elements
 * @param <S> the type of the state
 */
public record Unfolded<T, S>(T element, S state) {}
