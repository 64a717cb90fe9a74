package dev.edo.impl.time;

/** What became of a timer that was to be put into a shard, or moved within it. */
enum Placed {
    /** It is in; the shard's next deadline has not come nearer. */
    LATER,

    /** It is in, and the shard's next deadline has come nearer. */
    EARLIEST,

    /** It is not in: the shard was closed at shutdown, or the timer to be moved had fired. */
    REFUSED
}
