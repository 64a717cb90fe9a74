package dev.edo.impl.time;

/** What became of a timer that was put into a shard. */
enum Inserted {
    /** It is in; the shard's next deadline is as before. */
    LATER,

    /** It is in, and the shard's next deadline has come nearer. */
    EARLIEST,

    /** It is not in: the shard was closed at shutdown. */
    CLOSED
}
