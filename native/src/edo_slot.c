#include "edo_slot.h"

#include <stdbool.h>

/*
 * The protocol between the polling thread (C) and a waiter (Java), after Dekker:
 *
 *   C: publish                           Java: wait
 *   1. readiness |= ready  (seq_cst)     1. waiting |= mask        (volatile)
 *   2. read waiting        (seq_cst)     2. read readiness again   (volatile)
 *
 * In the single total order of these four, one of the two writes comes first, and the other side
 * reads it: either C sees the waiting bits and reports the slot, or Java sees the readiness and
 * does not go to sleep. Both may be true, then the wake-up is spurious. Never is neither true: no
 * wake-up is lost. A weaker order on any of the four allows both sides to read the old value.
 *
 * C takes the waiting bits it reports (fetch_and), so one wait is reported at most once, and a busy
 * socket that nobody waits on costs no upcall. Java may take its bits back at any time (cancel).
 */

/* Adds readiness and sets the tick. False if the slot is shut down, and then nothing changes. */
static bool edo_slot_set_readiness(struct edo_slot *slot, uint32_t ready, uint64_t tick) {
    uint64_t stamp = (tick & EDO_TICK_MASK) << EDO_READINESS_BITS;
    uint64_t current = atomic_load_explicit(&slot->readiness, memory_order_relaxed);
    uint64_t next;
    do {
        if (current & EDO_SHUTDOWN) {
            return false;
        }
        next = stamp | (current & EDO_READINESS_MASK) | ready;
    } while (!atomic_compare_exchange_weak_explicit(&slot->readiness, &current, next,
                                                    memory_order_seq_cst, memory_order_relaxed));
    return true;
}

/* Takes those of the waiting bits that `ready` satisfies. Zero if nobody waits for them. */
static uint32_t edo_slot_claim(struct edo_slot *slot, uint32_t ready) {
    uint32_t claim = atomic_load_explicit(&slot->waiting, memory_order_seq_cst) & ready;
    if (claim == 0) {
        return 0;
    }
    return atomic_fetch_and_explicit(&slot->waiting, ~claim, memory_order_seq_cst) & claim;
}

uint32_t edo_slot_publish(struct edo_poller *poller, uint64_t token, uint32_t ready, uint64_t tick,
                          uint32_t count) {
    uint32_t index = (uint32_t)token;
    uint32_t generation = (uint32_t)(token >> 32);
    if (index >= poller->slot_capacity) {
        edo_slot_count(&poller->dropped);
        return count;
    }

    /* Java raises the generation (release) when it frees the slot, and frees it only when no wait
       is in flight: a generation that matches here matches until this wait is over. */
    struct edo_slot *slot = (struct edo_slot *)(uintptr_t)poller->slots + index;
    if (atomic_load_explicit(&slot->generation, memory_order_acquire) != generation) {
        edo_slot_count(&poller->stale);
        return count;
    }

    ready &= (uint32_t)EDO_READINESS_MASK;
    if (!edo_slot_set_readiness(slot, ready, tick)) {
        edo_slot_count(&poller->dropped);
        return count;
    }
    edo_slot_count(&poller->published);

    if (edo_slot_claim(slot, ready) == 0) {
        edo_slot_count(&poller->quiet);
        return count;
    }
    edo_slot_count(&poller->upcalls);
    struct edo_ready *entries = (struct edo_ready *)(uintptr_t)poller->ready;
    entries[count] = (struct edo_ready){.index = index, .ready = ready};
    return count + 1;
}
