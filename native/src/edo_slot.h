/* A slot: where the polling thread publishes readiness. */
#ifndef EDO_SLOT_H
#define EDO_SLOT_H

#include "edo_abi.h"

/*
 * Publishes one event of the kernel: adds `ready` to the readiness of the slot that `token` names
 * and stamps it with `tick`, unless the event is stale. Appends to the poller's ready array at
 * `count` when somebody waits for one of the bits. Returns the new count.
 */
uint32_t edo_slot_publish(struct edo_poller *poller, uint64_t token, uint32_t ready, uint64_t tick,
                          uint32_t count);

/* Adds one to a counter that only the calling thread writes. */
static inline void edo_slot_count(_Atomic uint64_t *counter) {
    uint64_t value = atomic_load_explicit(counter, memory_order_relaxed);
    atomic_store_explicit(counter, value + 1, memory_order_relaxed);
}

#endif
