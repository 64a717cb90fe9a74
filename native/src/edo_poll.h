/*
 * The poll step: wait for the kernel, publish what it says, report whom it concerns.
 *
 * One contract, one implementation per kernel: edo_poll_epoll.c and edo_poll_kqueue.c. Every
 * function returns a value >= 0 or -errno. None of them throws, logs, or computes a deadline.
 *
 * Threads: one thread at a time is inside edo_poll_wait. The others (but for destroy) may be called
 * by any thread at any time, also during a wait.
 */
#ifndef EDO_POLL_H
#define EDO_POLL_H

#include "edo_abi.h"

/* Creates a poller over the `slot_capacity` slots at address `slots`; at most `max_events` events
   are taken per wait. Stores its address. */
int edo_poll_create(uint64_t slots, uint32_t slot_capacity, uint32_t max_events,
                    struct edo_poller **poller);

/* Closes the poller and frees its memory. Nobody may use it any more. */
int edo_poll_destroy(struct edo_poller *poller);

/* Starts edge-triggered events for `fd`, published to slot `index` as long as that slot has this
   generation. `interest` is a set of EDO_READY_READABLE, WRITABLE, PRIORITY. */
int edo_poll_register(struct edo_poller *poller, int fd, uint32_t index, uint32_t generation,
                      uint32_t interest);

/* Ends the events of `fd`. Events that a wait in flight has already taken are still published. */
int edo_poll_deregister(struct edo_poller *poller, int fd);

/*
 * Waits until there is an event, `timeout_nanos` have passed (-1: without end, 0: not at all), or
 * edo_poll_wake was called since the last wait. Publishes each event with `tick` and returns the
 * number of entries in the ready array. May return 0 early: a signal came, or the timeout exceeds
 * a year. A timeout is rounded up to what the kernel can do, never down.
 */
int edo_poll_wait(struct edo_poller *poller, int64_t timeout_nanos, uint64_t tick);

/* Makes the wait in flight, or else the next one, return. */
int edo_poll_wake(struct edo_poller *poller);

#endif
