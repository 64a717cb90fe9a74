package dev.edo.bench;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the workload that a JMH class is. Each of its methods is called as a {@link Peer#method()}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Workload {
    /**
     * {@return the name, the same as that of the Tokio peer; <code>{p}</code> stands for the value
     * of the JMH parameter p}
     */
    String value();

    /** {@return whose chart it is in} */
    Group group();

    /** {@return what is counted, in the singular} */
    String operation();
}
