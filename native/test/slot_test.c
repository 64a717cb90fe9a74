/* Publishing into a slot: what is kept, what is reported, what is refused. */
#include "check.h"
#include "edo_poller.h"
#include "edo_slot.h"
#include "fixture.h"

#include <pthread.h>
#include <sched.h>

#define R EDO_READY_READABLE
#define W EDO_READY_WRITABLE

static struct edo_slot *slots;
static struct edo_poller *poller;

static void setup(void) {
    slots = fixture_slots(4);
    poller = edo_poller_allocate((uintptr_t)slots, 4, 16, 16);
}

static void teardown(void) {
    edo_poller_free(poller);
    free(slots);
}

static void keeps_readiness_and_sets_tick(void) {
    setup();
    CHECK_EQUAL(0, edo_slot_publish(poller, 2, R, 7, 0));
    CHECK_EQUAL(0, edo_slot_publish(poller, 2, W, 9, 0));
    CHECK_EQUAL(R | W, fixture_ready(&slots[2]));
    CHECK_EQUAL(9, fixture_tick(&slots[2]));
    CHECK_EQUAL(2, poller->published);
    CHECK_EQUAL(2, poller->quiet);
    CHECK_EQUAL(0, poller->upcalls);
    teardown();
}

static void tick_wraps_without_touching_shutdown(void) {
    setup();
    edo_slot_publish(poller, 0, R, EDO_TICK_MASK, 0);
    CHECK_EQUAL(EDO_TICK_MASK, fixture_tick(&slots[0]));
    edo_slot_publish(poller, 0, R, EDO_TICK_MASK + 1, 0);
    CHECK_EQUAL(R, atomic_load(&slots[0].readiness));
    teardown();
}

static void reports_and_takes_only_what_is_awaited(void) {
    setup();
    atomic_store(&slots[1].waiting, R | EDO_READY_READ_CLOSED | EDO_READY_ERROR);
    CHECK_EQUAL(0, edo_slot_publish(poller, 1, W, 1, 0));
    CHECK_EQUAL(1, edo_slot_publish(poller, 1, R | W, 2, 0));
    CHECK_EQUAL(1, fixture_entry(poller, 0).index);
    CHECK_EQUAL(R | W, fixture_entry(poller, 0).ready);
    CHECK_EQUAL(EDO_READY_READ_CLOSED | EDO_READY_ERROR, atomic_load(&slots[1].waiting));
    CHECK_EQUAL(1, edo_slot_publish(poller, 1, R, 3, 1));
    CHECK_EQUAL(1, poller->upcalls);
    CHECK_EQUAL(2, poller->quiet);
    teardown();
}

static void skips_an_earlier_generation(void) {
    setup();
    atomic_store(&slots[3].generation, 5);
    atomic_store(&slots[3].waiting, R);
    CHECK_EQUAL(0, edo_slot_publish(poller, UINT64_C(4) << 32 | 3, R, 1, 0));
    CHECK_EQUAL(0, atomic_load(&slots[3].readiness));
    CHECK_EQUAL(R, atomic_load(&slots[3].waiting));
    CHECK_EQUAL(1, poller->stale);
    CHECK_EQUAL(1, edo_slot_publish(poller, UINT64_C(5) << 32 | 3, R, 1, 0));
    teardown();
}

static void drops_what_is_out_of_range_or_shut_down(void) {
    setup();
    CHECK_EQUAL(0, edo_slot_publish(poller, 4, R, 1, 0));
    CHECK_EQUAL(0, edo_slot_publish(poller, UINT32_MAX, R, 1, 0));
    atomic_store(&slots[0].readiness, EDO_SHUTDOWN | R);
    atomic_store(&slots[0].waiting, W);
    CHECK_EQUAL(0, edo_slot_publish(poller, 0, W, 1, 0));
    CHECK_EQUAL(EDO_SHUTDOWN | R, atomic_load(&slots[0].readiness));
    CHECK_EQUAL(3, poller->dropped);
    CHECK_EQUAL(0, poller->published);
    teardown();
}

/*
 * The race that Dekker's pairing decides. A waiter sets its bit and looks again; the publisher
 * publishes and looks who waits. If both looked before either wrote, the waiter would sleep with
 * readiness set: it would wait for `reported` here forever, and SIGALRM would end the test.
 */
#define ROUNDS 100000
static _Atomic uint32_t reported;
static _Atomic uint32_t round_begun;
static _Atomic uint32_t round_published;

/* Spins first, so that both sides really run at once, and then gives way: there may be one core. */
static void pause_after(uint32_t attempts) {
    if (attempts > 1000) {
        sched_yield();
    }
}

static void *publisher(void *unused) {
    for (uint32_t round = 1; round <= ROUNDS; round++) {
        for (uint32_t i = 0; atomic_load(&round_begun) < round; i++) {
            pause_after(i);
        }
        if (edo_slot_publish(poller, 0, R, round, 0) == 1) {
            atomic_fetch_add(&reported, 1);
        }
        atomic_store(&round_published, round);
    }
    return unused;
}

static void loses_no_wakeup(void) {
    setup();
    pthread_t thread;
    CHECK_EQUAL(0, pthread_create(&thread, NULL, publisher, NULL));
    for (uint32_t round = 1; round <= ROUNDS; round++) {
        uint32_t before = atomic_load(&reported);
        atomic_store(&round_begun, round);
        for (volatile uint32_t delay = 0; delay < round % 64; delay++) {
        }
        atomic_fetch_or(&slots[0].waiting, R);
        if ((fixture_ready(&slots[0]) & R) == 0) {
            for (uint32_t i = 0; atomic_load(&reported) == before; i++) {
                pause_after(i);
            }
        }
        for (uint32_t i = 0; atomic_load(&round_published) < round; i++) {
            pause_after(i);
        }
        atomic_fetch_and(&slots[0].waiting, ~R);
        fixture_clear(&slots[0], atomic_load(&slots[0].readiness), R);
    }
    pthread_join(thread, NULL);
    CHECK_EQUAL(ROUNDS, poller->published);
    CHECK_EQUAL(ROUNDS, poller->upcalls + poller->quiet);
    teardown();
}

int main(void) {
    RUN(keeps_readiness_and_sets_tick);
    RUN(tick_wraps_without_touching_shutdown);
    RUN(reports_and_takes_only_what_is_awaited);
    RUN(skips_an_earlier_generation);
    RUN(drops_what_is_out_of_range_or_shut_down);
    RUN(loses_no_wakeup);
    return 0;
}
