package dev.edo.examples.tinyhttp;

import java.time.Duration;

/**
 * How long a connection waits for its client: one that sends a byte now and then, or never reads, would keep it for
 * ever.
 *
 * @param idle for the first byte of the next request
 * @param request for the rest of a head that has begun, and again for its body
 * @param response for the client to take what it asked for
 */
record Limits(Duration idle, Duration request, Duration response) {
    static final Limits DEFAULT = new Limits(Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(30));
}
