/* A few slots and what a waiter in Java does with them. */
#ifndef EDO_FIXTURE_H
#define EDO_FIXTURE_H

#include "edo_abi.h"

#include <stdlib.h>
#include <string.h>

static inline struct edo_slot *fixture_slots(uint32_t capacity) {
    struct edo_slot *slots = aligned_alloc(128, capacity * sizeof(struct edo_slot));
    memset(slots, 0, capacity * sizeof(struct edo_slot));
    return slots;
}

static inline uint32_t fixture_ready(struct edo_slot *slot) {
    return (uint32_t)(atomic_load(&slot->readiness) & EDO_READINESS_MASK);
}

static inline uint64_t fixture_tick(struct edo_slot *slot) {
    return atomic_load(&slot->readiness) >> EDO_READINESS_BITS & EDO_TICK_MASK;
}

static inline struct edo_ready fixture_entry(struct edo_poller *poller, uint32_t i) {
    return ((struct edo_ready *)(uintptr_t)poller->ready)[i];
}

/* Clears the bits unless the driver has published again since `seen` was read. */
static inline void fixture_clear(struct edo_slot *slot, uint64_t seen, uint32_t bits) {
    uint64_t current = atomic_load(&slot->readiness);
    while (current >> EDO_READINESS_BITS == seen >> EDO_READINESS_BITS) {
        if (atomic_compare_exchange_weak(&slot->readiness, &current, current & ~(uint64_t)bits)) {
            return;
        }
    }
}

#endif
