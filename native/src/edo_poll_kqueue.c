#if !defined(__linux__) || defined(EDO_KQUEUE_STANDIN)

#include "edo_poll.h"

#include "edo_poller.h"
#include "edo_slot.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/event.h>
#include <sys/types.h>
#include <time.h>

#define NANOS_PER_SECOND INT64_C(1000000000)
#define EDO_WAKE_IDENT 0

static void edo_poll_change(struct kevent *change, uintptr_t ident, int filter, int flags,
                            uint64_t token) {
    EV_SET(change, ident, filter, flags, 0, 0, (void *)(uintptr_t)token);
}

/* Applies changes whose receipts come back in place. Returns the first error that is not in
   `ignored`, and the number of changes that met `ignored`. */
static int edo_poll_apply(int queue, struct kevent *changes, int count, int ignored, int *met) {
    int result;
    do {
        result = kevent(queue, changes, count, changes, count, NULL);
    } while (result < 0 && errno == EINTR);
    if (result < 0) {
        return -errno;
    }
    *met = 0;
    for (int i = 0; i < result; i++) {
        int error = (changes[i].flags & EV_ERROR) ? (int)changes[i].data : 0;
        if (error != 0 && error == ignored) {
            (*met)++;
        } else if (error != 0) {
            return -error;
        }
    }
    return 0;
}

int edo_poll_create(uint64_t slots, uint32_t slot_capacity, uint32_t max_events,
                    struct edo_poller **result) {
    if (max_events == 0 || max_events > INT_MAX / sizeof(struct kevent)) {
        return -EINVAL;
    }
    struct edo_poller *poller =
        edo_poller_allocate(slots, slot_capacity, max_events, sizeof(struct kevent));
    if (poller == NULL) {
        return -ENOMEM;
    }
    int error = 0;
    poller->backend_fd = kqueue();
    if (poller->backend_fd < 0 || fcntl(poller->backend_fd, F_SETFD, FD_CLOEXEC) != 0) {
        error = -errno;
    } else {
        struct kevent change;
        int met;
        edo_poll_change(&change, EDO_WAKE_IDENT, EVFILT_USER, EV_ADD | EV_CLEAR | EV_RECEIPT,
                        EDO_TOKEN_WAKE);
        error = edo_poll_apply(poller->backend_fd, &change, 1, 0, &met);
    }
    if (error != 0) {
        edo_poller_free(poller);
        return error;
    }
    *result = poller;
    return 0;
}

int edo_poll_destroy(struct edo_poller *poller) {
    edo_poller_free(poller);
    return 0;
}

int edo_poll_register(struct edo_poller *poller, int fd, uint32_t index, uint32_t generation,
                      uint32_t interest) {
    uint64_t token = (uint64_t)generation << 32 | index;
    struct kevent changes[2];
    int count = 0;
    if (interest & (EDO_READY_READABLE | EDO_READY_PRIORITY)) {
        edo_poll_change(&changes[count++], (uintptr_t)fd, EVFILT_READ,
                        EV_ADD | EV_CLEAR | EV_RECEIPT, token);
    }
    if (interest & EDO_READY_WRITABLE) {
        edo_poll_change(&changes[count++], (uintptr_t)fd, EVFILT_WRITE,
                        EV_ADD | EV_CLEAR | EV_RECEIPT, token);
    }
    /* The write end of a pipe whose reader is gone answers EPIPE on macOS, and is registered
       nevertheless: the first write will say it. */
    int met;
    return edo_poll_apply(poller->backend_fd, changes, count, EPIPE, &met);
}

/* Which filters `fd` has is not known here: both are removed, one may be missing. */
int edo_poll_deregister(struct edo_poller *poller, int fd) {
    struct kevent changes[2];
    int met;
    edo_poll_change(&changes[0], (uintptr_t)fd, EVFILT_READ, EV_DELETE | EV_RECEIPT, 0);
    edo_poll_change(&changes[1], (uintptr_t)fd, EVFILT_WRITE, EV_DELETE | EV_RECEIPT, 0);
    int error = edo_poll_apply(poller->backend_fd, changes, 2, ENOENT, &met);
    return error == 0 && met == 2 ? -ENOENT : error;
}

/* The meaning of a kqueue event, as mio has it (event/sys/unix/selector/kqueue.rs), with the
   addition that the epoll side has too: an error makes the slot readable and writable. */
static uint32_t edo_poll_translate(const struct kevent *event) {
    uint32_t ready = 0;
    if (event->filter == EVFILT_READ) {
        ready |= EDO_READY_READABLE;
        if (event->flags & EV_EOF) {
            ready |= EDO_READY_READ_CLOSED;
        }
    }
    if (event->filter == EVFILT_WRITE) {
        ready |= EDO_READY_WRITABLE;
        if (event->flags & EV_EOF) {
            ready |= EDO_READY_WRITE_CLOSED;
        }
    }
    /* At EV_EOF, fflags is the socket's pending error. */
    if ((event->flags & EV_ERROR) || ((event->flags & EV_EOF) && event->fflags != 0)) {
        ready |= EDO_READY_ERROR | EDO_READY_READABLE | EDO_READY_WRITABLE;
    }
    return ready;
}

int edo_poll_wait(struct edo_poller *poller, int64_t timeout_nanos, uint64_t tick) {
    if (timeout_nanos > EDO_POLLER_TIMEOUT_NANOS_MAX) {
        timeout_nanos = EDO_POLLER_TIMEOUT_NANOS_MAX;
    }
    struct timespec timeout = {.tv_sec = (time_t)(timeout_nanos / NANOS_PER_SECOND),
                               .tv_nsec = (long)(timeout_nanos % NANOS_PER_SECOND)};
    struct kevent *events = (struct kevent *)(uintptr_t)poller->events;
    int count = kevent(poller->backend_fd, NULL, 0, events, (int)poller->max_events,
                       timeout_nanos < 0 ? NULL : &timeout);
    int error = errno;
    edo_slot_count(&poller->turns);
    if (count < 0) {
        return error == EINTR ? 0 : -error;
    }

    uint32_t reported = 0;
    for (int i = 0; i < count; i++) {
        edo_slot_count(&poller->seen);
        if (events[i].filter == EVFILT_USER) {
            edo_slot_count(&poller->wakes);
        } else {
            reported = edo_slot_publish(poller, (uint64_t)(uintptr_t)events[i].udata,
                                        edo_poll_translate(&events[i]), tick, reported);
        }
    }
    return (int)reported;
}

int edo_poll_wake(struct edo_poller *poller) {
    struct kevent change;
    int met;
    edo_poll_change(&change, EDO_WAKE_IDENT, EVFILT_USER, EV_ADD | EV_CLEAR | EV_RECEIPT,
                    EDO_TOKEN_WAKE);
    change.fflags = NOTE_TRIGGER;
    return edo_poll_apply(poller->backend_fd, &change, 1, 0, &met);
}

#endif
