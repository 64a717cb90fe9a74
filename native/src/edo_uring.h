/*
 * A ring of Linux's io_uring: operations on files that the kernel carries out by itself.
 *
 * Every function returns a value >= 0 or -errno, unless said otherwise; on systems without
 * io_uring edo_uring_open returns -ENOSYS. None of them throws or logs.
 *
 * Threads: all but close may be called by any thread at any time. One lock keeps them apart, which
 * is held for one io_uring_enter at most. Nobody may use a ring that was closed.
 *
 * Memory that an operation names belongs to the kernel from edo_uring_submit until
 * edo_uring_next has told of its end.
 */
#ifndef EDO_URING_H
#define EDO_URING_H

#include <stdint.h>

struct edo_uring;

/* What edo_uring_next returns when there is nothing. */
#define EDO_URING_EMPTY INT64_MIN

/* Cancels have this number; edo_uring_next does not tell of their ends. */
#define EDO_URING_CANCEL UINT32_MAX

/* Opens a ring for `entries` submissions and `completions` completions at a time. The kernel
   keeps what does not fit in there until somebody asks. */
int edo_uring_open(uint32_t entries, uint32_t completions, struct edo_uring **ring);

/* Closes a ring and frees it. Nothing is in flight. */
int edo_uring_close(struct edo_uring *ring);

/* A descriptor that becomes readable, as an edge, with each completion that came in by itself: not
   during an edo_uring_submit, whose caller looks for them. It stays the ring's. */
int edo_uring_event_fd(struct edo_uring *ring);

/* Which of the operations 0 to 62 the kernel has: a bit each. */
int64_t edo_uring_operations(struct edo_uring *ring);

/*
 * Gives one operation to the kernel; `number` is what edo_uring_next tells of its end by. The
 * caller calls edo_uring_next until that returns EDO_URING_EMPTY, whatever this returns. When this
 * fails, the kernel has not taken the operation and knows nothing of its memory.
 */
int edo_uring_submit(struct edo_uring *ring, uint32_t operation, uint32_t entry_flags, int32_t fd,
                     uint64_t address, uint32_t length, uint64_t offset, uint32_t flags,
                     uint32_t number);

/* Asks the kernel to end an operation early. Its end comes all the same, and tells whether that was
   in time. */
int edo_uring_cancel(struct edo_uring *ring, uint32_t number);

/* An end that came in: number << 32 | (uint32_t)result, or EDO_URING_EMPTY. */
int64_t edo_uring_next(struct edo_uring *ring);

/* Waits until an end came in, or the time is over; neither is an error, nor is a signal. */
int edo_uring_await(struct edo_uring *ring, int32_t timeout_millis);

/* Closes a descriptor that an operation has opened. */
int edo_uring_close_fd(int32_t fd);

#endif
