/* The poll step on the real kernel. */
#include "check.h"
#include "edo_poll.h"
#include "fixture.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>

#define R EDO_READY_READABLE
#define W EDO_READY_WRITABLE
#define RC EDO_READY_READ_CLOSED
#define WC EDO_READY_WRITE_CLOSED
#define CAPACITY 32

static struct edo_slot *slots;
static struct edo_poller *poller;

static void setup(void) {
    slots = fixture_slots(CAPACITY);
    CHECK_EQUAL(0, edo_poll_create((uintptr_t)slots, CAPACITY, 64, &poller));
}

static void teardown(void) {
    CHECK_EQUAL(0, edo_poll_destroy(poller));
    free(slots);
}

static int64_t now_nanos(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void refuses_nonsense(void) {
    struct edo_poller *none = NULL;
    CHECK_EQUAL(-EINVAL, edo_poll_create(0, 0, 0, &none));
    CHECK_EQUAL(-EINVAL, edo_poll_create(0, 0, UINT32_MAX, &none));
    setup();
    CHECK_EQUAL(-EBADF, edo_poll_register(poller, -1, 0, 0, R));
    CHECK_EQUAL(-EBADF, edo_poll_deregister(poller, -1));
    int unknown = eventfd(0, 0);
    CHECK_EQUAL(-ENOENT, edo_poll_deregister(poller, unknown));
    close(unknown);
    teardown();
}

static void publishes_and_reports_an_event(void) {
    setup();
    int pair[2];
    CHECK_EQUAL(0, socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
    CHECK_EQUAL(0, edo_poll_register(poller, pair[0], 3, 0, R | W));
    CHECK_EQUAL(-EEXIST, edo_poll_register(poller, pair[0], 3, 0, R | W));
    CHECK_EQUAL(0, edo_poll_wait(poller, 0, 1));
    CHECK_EQUAL(W, fixture_ready(&slots[3]));

    atomic_store(&slots[3].waiting, R | RC);
    CHECK_EQUAL(1, write(pair[1], "x", 1));
    CHECK_EQUAL(1, edo_poll_wait(poller, -1, 2));
    CHECK_EQUAL(3, fixture_entry(poller, 0).index);
    CHECK_EQUAL(R | W, fixture_entry(poller, 0).ready);
    CHECK_EQUAL(2, fixture_tick(&slots[3]));
    CHECK_EQUAL(0, edo_poll_wait(poller, 0, 3)); /* edge-triggered: not again */

    atomic_store(&slots[3].waiting, R | RC);
    CHECK_EQUAL(0, shutdown(pair[1], SHUT_WR));
    CHECK_EQUAL(1, edo_poll_wait(poller, -1, 4));
    CHECK_EQUAL(R | W | RC, fixture_ready(&slots[3]));
    close(pair[1]);
    CHECK_EQUAL(0, edo_poll_wait(poller, -1, 5));
    CHECK_EQUAL(R | W | RC | WC, fixture_ready(&slots[3]));

    CHECK_EQUAL(0, edo_poll_deregister(poller, pair[0]));
    close(pair[0]);
    CHECK_EQUAL(5, poller->turns);
    CHECK_EQUAL(4, poller->seen);
    CHECK_EQUAL(4, poller->published);
    CHECK_EQUAL(2, poller->upcalls);
    CHECK_EQUAL(2, poller->quiet);
    teardown();
}

/* A reader must wake on an error that comes without EPOLLIN: here the read end of a pipe is closed,
   which the write end sees as EPOLLERR. */
static void an_error_wakes_both_directions(void) {
    setup();
    int ends[2];
    CHECK_EQUAL(0, pipe(ends));
    CHECK_EQUAL(0, edo_poll_register(poller, ends[1], 0, 0, 0));
    close(ends[0]);
    atomic_store(&slots[0].waiting, R);
    CHECK_EQUAL(1, edo_poll_wait(poller, -1, 1));
    CHECK_EQUAL(R | W | WC | EDO_READY_ERROR, fixture_ready(&slots[0]));
    close(ends[1]);
    teardown();
}

static void skips_the_event_of_a_freed_slot(void) {
    setup();
    int fd = eventfd(1, 0);
    CHECK_EQUAL(0, edo_poll_register(poller, fd, 1, 0, R));
    atomic_store(&slots[1].waiting, R);
    atomic_fetch_add(&slots[1].generation, 1);
    CHECK_EQUAL(0, edo_poll_wait(poller, -1, 1));
    CHECK_EQUAL(0, atomic_load(&slots[1].readiness));
    CHECK_EQUAL(1, poller->stale);
    close(fd);
    teardown();
}

static void wake_ends_the_next_wait_and_only_that(void) {
    setup();
    CHECK_EQUAL(0, edo_poll_wake(poller));
    CHECK_EQUAL(0, edo_poll_wake(poller));
    CHECK_EQUAL(0, edo_poll_wait(poller, -1, 1));
    CHECK_EQUAL(1, poller->wakes);
    CHECK_EQUAL(0, edo_poll_wait(poller, 0, 2));
    CHECK_EQUAL(1, poller->wakes);
    teardown();
}

static void wake_works_when_the_eventfd_is_full(void) {
    setup();
    uint64_t almost = UINT64_MAX - 1;
    CHECK_EQUAL(8, write(poller->wake_fd, &almost, 8));
    CHECK_EQUAL(0, edo_poll_wait(poller, -1, 1));
    CHECK_EQUAL(0, edo_poll_wake(poller));
    CHECK_EQUAL(0, edo_poll_wait(poller, -1, 2));
    CHECK_EQUAL(2, poller->wakes);
    teardown();
}

static void a_timeout_never_ends_early(void) {
    setup();
    for (uint32_t coarse = 0; coarse < 2; coarse++) {
        poller->coarse_timeout = coarse;
        for (int64_t timeout_nanos = 1; timeout_nanos < 20000000; timeout_nanos *= 7) {
            int64_t begin = now_nanos();
            CHECK_EQUAL(0, edo_poll_wait(poller, timeout_nanos, 1));
            CHECK(now_nanos() - begin >= timeout_nanos);
        }
    }
    teardown();
}

static _Atomic int waiting_done;

static void on_signal(int signal) {
    (void)signal;
}

static void *wait_forever(void *result) {
    *(int *)result = edo_poll_wait(poller, -1, 1);
    atomic_store(&waiting_done, 1);
    return NULL;
}

/* The signal may come before the wait has begun: it is sent again until the wait has ended. */
static void a_signal_ends_a_wait_with_zero_events(void) {
    setup();
    struct sigaction action = {.sa_handler = on_signal};
    CHECK_EQUAL(0, sigaction(SIGUSR1, &action, NULL));
    pthread_t thread;
    int result = -1;
    CHECK_EQUAL(0, pthread_create(&thread, NULL, wait_forever, &result));
    while (!atomic_load(&waiting_done)) {
        pthread_kill(thread, SIGUSR1);
        usleep(1000);
    }
    pthread_join(thread, NULL);
    CHECK_EQUAL(0, result);
    CHECK_EQUAL(0, poller->wakes);
    teardown();
}

/*
 * Many sockets at once: each has a producer that sends one byte at a time and a consumer that waits
 * the way Java does. One polling thread serves them all. A lost wake-up hangs the test.
 */
#define CONNECTIONS 8
#define MESSAGES 2000

struct connection {
    pthread_t producer;
    pthread_t consumer;
    sem_t reported;
    sem_t received;
    uint32_t index;
    int pair[2];
};

static struct connection connections[CONNECTIONS];
static _Atomic int stop;

static void *produce(void *argument) {
    struct connection *connection = argument;
    for (int i = 0; i < MESSAGES; i++) {
        CHECK_EQUAL(1, write(connection->pair[1], "x", 1));
        if (i % 3 == 0) {
            sem_wait(&connection->received);
        }
    }
    return NULL;
}

static void *consume(void *argument) {
    struct connection *connection = argument;
    struct edo_slot *slot = &slots[connection->index];
    for (int i = 0; i < MESSAGES;) {
        uint64_t seen = atomic_load(&slot->readiness);
        char byte;
        ssize_t count = recv(connection->pair[0], &byte, 1, MSG_DONTWAIT);
        if (count == 1) {
            if (i++ % 3 == 0) {
                sem_post(&connection->received);
            }
            continue;
        }
        CHECK_EQUAL(EAGAIN, errno);
        fixture_clear(slot, seen, R);
        atomic_fetch_or(&slot->waiting, R);
        if (fixture_ready(slot) & R) {
            if (atomic_fetch_and(&slot->waiting, ~R) & R) {
                continue;
            }
        }
        sem_wait(&connection->reported);
    }
    return NULL;
}

static void *poll_until_stopped(void *unused) {
    for (uint64_t tick = 1; !atomic_load(&stop); tick++) {
        int count = edo_poll_wait(poller, tick % 2 ? -1 : 500000, tick);
        CHECK(count >= 0);
        for (int i = 0; i < count; i++) {
            struct edo_ready entry = fixture_entry(poller, (uint32_t)i);
            CHECK(entry.ready & R);
            sem_post(&connections[entry.index].reported);
        }
    }
    return unused;
}

static void many_threads_lose_no_wakeup(void) {
    setup();
    pthread_t polling;
    CHECK_EQUAL(0, pthread_create(&polling, NULL, poll_until_stopped, NULL));
    for (uint32_t i = 0; i < CONNECTIONS; i++) {
        struct connection *connection = &connections[i];
        connection->index = i;
        sem_init(&connection->reported, 0, 0);
        sem_init(&connection->received, 0, 0);
        CHECK_EQUAL(0, socketpair(AF_UNIX, SOCK_STREAM, 0, connection->pair));
        CHECK_EQUAL(0, edo_poll_register(poller, connection->pair[0], i, 0, R));
        CHECK_EQUAL(0, pthread_create(&connection->consumer, NULL, consume, connection));
        CHECK_EQUAL(0, pthread_create(&connection->producer, NULL, produce, connection));
    }
    for (uint32_t i = 0; i < CONNECTIONS; i++) {
        pthread_join(connections[i].producer, NULL);
        pthread_join(connections[i].consumer, NULL);
        CHECK_EQUAL(0, edo_poll_deregister(poller, connections[i].pair[0]));
        close(connections[i].pair[0]);
        close(connections[i].pair[1]);
    }
    atomic_store(&stop, 1);
    CHECK_EQUAL(0, edo_poll_wake(poller));
    pthread_join(polling, NULL);
    CHECK_EQUAL(poller->seen,
                poller->wakes + poller->stale + poller->dropped + poller->published);
    CHECK_EQUAL(poller->published, poller->upcalls + poller->quiet);
    teardown();
}

int main(void) {
    RUN(refuses_nonsense);
    RUN(publishes_and_reports_an_event);
    RUN(an_error_wakes_both_directions);
    RUN(skips_the_event_of_a_freed_slot);
    RUN(wake_ends_the_next_wait_and_only_that);
    RUN(wake_works_when_the_eventfd_is_full);
    RUN(a_timeout_never_ends_early);
    RUN(a_signal_ends_a_wait_with_zero_events);
    RUN(many_threads_lose_no_wakeup);
    return 0;
}
