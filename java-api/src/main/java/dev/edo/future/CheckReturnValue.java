package dev.edo.future;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method whose result must not be dropped, as a future that does nothing until somebody awaits it; on a type,
 * all methods that the type declares. Error Prone, IntelliJ and SpotBugs know annotations of this name. A future that
 * becomes the result of a lambda expression, as in {@code Edo.spawn(() -> stream.writeAll(buffer))}, is one that
 * nobody awaits as well, which they do not see.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface CheckReturnValue {}
