/* The memory of a poller, the same for every backend. */
#ifndef EDO_POLLER_H
#define EDO_POLLER_H

#include "edo_abi.h"

/* Longer waits end early: a year is more than any kernel refuses. */
#define EDO_POLLER_TIMEOUT_NANOS_MAX (INT64_C(365) * 24 * 3600 * 1000000000)

/* Allocates a poller, its event array of `max_events` elements of `event_size` bytes and its ready
   array. Both descriptors are -1. NULL when there is no memory. */
struct edo_poller *edo_poller_allocate(uint64_t slots, uint32_t slot_capacity, uint32_t max_events,
                                       size_t event_size);

/* Closes the descriptors that are not -1 and frees all memory. */
void edo_poller_free(struct edo_poller *poller);

#endif
