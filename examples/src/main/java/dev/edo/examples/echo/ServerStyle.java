package dev.edo.examples.echo;

/** How the server's tasks are written. */
enum ServerStyle {
    /** A virtual thread per connection: read, write, repeat. */
    DIRECT,
    /** A hand-written state machine per connection. */
    STACKLESS
}
