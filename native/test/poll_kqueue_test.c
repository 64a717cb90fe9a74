/* The kqueue poll step against a fake kernel: registration, translation, publishing. */
#include "check.h"
#include "edo_poll.h"
#include "edo_poller.h"
#include "fake_kevent.h"
#include "fixture.h"

#include <errno.h>

#define R EDO_READY_READABLE
#define W EDO_READY_WRITABLE
#define RC EDO_READY_READ_CLOSED
#define WC EDO_READY_WRITE_CLOSED
#define ADDED (EV_ADD | EV_CLEAR | EV_RECEIPT)

static struct edo_slot *slots;
static struct edo_poller *poller;

static void setup(void) {
    fake_kevent_reset();
    slots = fixture_slots(4);
    CHECK_EQUAL(0, edo_poll_create((uintptr_t)slots, 4, 8, &poller));
}

static void teardown(void) {
    CHECK_EQUAL(0, edo_poll_destroy(poller));
    free(slots);
}

static void registers_a_filter_per_direction(void) {
    setup();
    CHECK_EQUAL(-1, poller->wake_fd);
    CHECK_EQUAL(0, edo_poll_register(poller, 5, 0, 0, R | W));
    CHECK_EQUAL(ADDED, fake_kevent_flags(5, EVFILT_READ));
    CHECK_EQUAL(ADDED, fake_kevent_flags(5, EVFILT_WRITE));
    CHECK_EQUAL(0, edo_poll_register(poller, 6, 1, 0, W));
    CHECK_EQUAL(0, fake_kevent_flags(6, EVFILT_READ));
    CHECK_EQUAL(0, edo_poll_deregister(poller, 5));
    CHECK_EQUAL(0, edo_poll_deregister(poller, 6));
    CHECK_EQUAL(-ENOENT, edo_poll_deregister(poller, 6));
    CHECK_EQUAL(0, fake_kevent_flags(5, EVFILT_WRITE));
    teardown();
}

static void says_which_registration_failed(void) {
    setup();
    fake_kevent_refuse(EVFILT_WRITE, EBADF);
    CHECK_EQUAL(-EBADF, edo_poll_register(poller, 5, 0, 0, R | W));
    fake_kevent_refuse(EVFILT_WRITE, EPIPE);
    CHECK_EQUAL(0, edo_poll_register(poller, 5, 0, 0, R | W));
    fake_kevent_fail(ENOMEM);
    CHECK_EQUAL(-ENOMEM, edo_poll_register(poller, 5, 0, 0, R));
    teardown();
}

static void translates_and_publishes(void) {
    static const struct {
        int filter, flags;
        uint32_t fflags, ready;
    } cases[] = {
        {EVFILT_READ, 0, 0, R},
        {EVFILT_WRITE, 0, 0, W},
        {EVFILT_READ, EV_EOF, 0, R | RC},
        {EVFILT_WRITE, EV_EOF, 0, W | WC},
        {EVFILT_READ, EV_EOF, ECONNRESET, R | W | RC | EDO_READY_ERROR},
        {EVFILT_WRITE, EV_ERROR, 0, R | W | EDO_READY_ERROR},
    };
    setup();
    CHECK_EQUAL(0, edo_poll_register(poller, 5, 2, 0, R | W));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        atomic_store(&slots[2].readiness, 0);
        atomic_store(&slots[2].waiting, cases[i].ready);
        fake_kevent_raise(5, cases[i].filter, cases[i].flags, cases[i].fflags);
        CHECK_EQUAL(1, edo_poll_wait(poller, -1, i + 1));
        CHECK_EQUAL(cases[i].ready, fixture_ready(&slots[2]));
        CHECK_EQUAL(i + 1, fixture_tick(&slots[2]));
        CHECK_EQUAL(2, fixture_entry(poller, 0).index);
        CHECK_EQUAL(cases[i].ready, fixture_entry(poller, 0).ready);
    }
    teardown();
}

static void skips_the_event_of_a_freed_slot(void) {
    setup();
    CHECK_EQUAL(0, edo_poll_register(poller, 5, 2, 7, R));
    fake_kevent_raise(5, EVFILT_READ, 0, 0);
    CHECK_EQUAL(0, edo_poll_wait(poller, 0, 1));
    CHECK_EQUAL(1, poller->stale);
    CHECK_EQUAL(0, atomic_load(&slots[2].readiness));
    teardown();
}

static void wake_is_seen_once(void) {
    setup();
    CHECK_EQUAL(0, edo_poll_wake(poller));
    CHECK_EQUAL(0, edo_poll_wait(poller, -1, 1));
    CHECK_EQUAL(0, edo_poll_wait(poller, 0, 2));
    CHECK_EQUAL(1, poller->wakes);
    CHECK_EQUAL(1, poller->seen);
    teardown();
}

static void passes_timeouts_and_survives_signals(void) {
    setup();
    CHECK_EQUAL(0, edo_poll_wait(poller, -1, 1));
    CHECK_EQUAL(-1, fake_kevent_timeout_nanos());
    CHECK_EQUAL(0, edo_poll_wait(poller, 1500000001, 1));
    CHECK_EQUAL(1500000001, fake_kevent_timeout_nanos());
    CHECK_EQUAL(0, edo_poll_wait(poller, INT64_MAX, 1));
    CHECK_EQUAL(EDO_POLLER_TIMEOUT_NANOS_MAX, fake_kevent_timeout_nanos());
    fake_kevent_fail(EINTR);
    CHECK_EQUAL(0, edo_poll_wait(poller, -1, 1));
    fake_kevent_fail(EBADF);
    CHECK_EQUAL(-EBADF, edo_poll_wait(poller, -1, 1));
    CHECK_EQUAL(5, poller->turns);
    teardown();
}

int main(void) {
    RUN(registers_a_filter_per_direction);
    RUN(says_which_registration_failed);
    RUN(translates_and_publishes);
    RUN(skips_the_event_of_a_freed_slot);
    RUN(wake_is_seen_once);
    RUN(passes_timeouts_and_survives_signals);
    return 0;
}
