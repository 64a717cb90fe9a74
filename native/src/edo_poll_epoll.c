#if defined(__linux__)

#include "edo_poll.h"

#include "edo_poller.h"
#include "edo_slot.h"

#include <errno.h>
#include <limits.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The C library may be older than this system call (Linux 5.11), and the headers too. The number is
   the same on every 64-bit architecture. */
#ifndef SYS_epoll_pwait2
#define SYS_epoll_pwait2 441
#endif

#define NANOS_PER_SECOND INT64_C(1000000000)
#define NANOS_PER_MILLI INT64_C(1000000)

struct edo_kernel_timespec {
    int64_t seconds;
    int64_t nanos;
};

int edo_poll_create(uint64_t slots, uint32_t slot_capacity, uint32_t max_events,
                    struct edo_poller **result) {
    if (max_events == 0 || max_events > INT_MAX / sizeof(struct epoll_event)) {
        return -EINVAL;
    }
    struct edo_poller *poller =
        edo_poller_allocate(slots, slot_capacity, max_events, sizeof(struct epoll_event));
    if (poller == NULL) {
        return -ENOMEM;
    }
    poller->backend_fd = epoll_create1(EPOLL_CLOEXEC);
    if (poller->backend_fd < 0) {
        goto fail;
    }
    poller->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (poller->wake_fd < 0) {
        goto fail;
    }
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.u64 = EDO_TOKEN_WAKE};
    if (epoll_ctl(poller->backend_fd, EPOLL_CTL_ADD, poller->wake_fd, &event) != 0) {
        goto fail;
    }
    *result = poller;
    return 0;

fail:;
    int error = errno;
    edo_poller_free(poller);
    return -error;
}

int edo_poll_destroy(struct edo_poller *poller) {
    edo_poller_free(poller);
    return 0;
}

int edo_poll_register(struct edo_poller *poller, int fd, uint32_t index, uint32_t generation,
                      uint32_t interest) {
    struct epoll_event event = {.events = EPOLLET,
                                .data.u64 = (uint64_t)generation << 32 | index};
    if (interest & EDO_READY_READABLE) {
        event.events |= EPOLLIN | EPOLLRDHUP;
    }
    if (interest & EDO_READY_WRITABLE) {
        event.events |= EPOLLOUT;
    }
    if (interest & EDO_READY_PRIORITY) {
        event.events |= EPOLLPRI;
    }
    return epoll_ctl(poller->backend_fd, EPOLL_CTL_ADD, fd, &event) == 0 ? 0 : -errno;
}

int edo_poll_deregister(struct edo_poller *poller, int fd) {
    struct epoll_event ignored = {0};
    return epoll_ctl(poller->backend_fd, EPOLL_CTL_DEL, fd, &ignored) == 0 ? 0 : -errno;
}

/*
 * The meaning of an epoll event, as mio has it (event/sys/unix/selector/epoll.rs), with one
 * addition: a hang-up or an error makes the slot readable and writable as well. Tokio does without,
 * because the kernel nearly always sets EPOLLIN and EPOLLOUT beside them; an error alone (a full
 * error queue of a UDP socket) then wakes neither a reader nor a writer. Here it does: the
 * operation that follows fetches the error, or EAGAIN clears the readiness again.
 */
static uint32_t edo_poll_translate(uint32_t events) {
    uint32_t ready = 0;
    if (events & (EPOLLIN | EPOLLPRI)) {
        ready |= EDO_READY_READABLE;
    }
    if (events & EPOLLOUT) {
        ready |= EDO_READY_WRITABLE;
    }
    if (events & EPOLLPRI) {
        ready |= EDO_READY_PRIORITY;
    }
    if (events & (EPOLLHUP | EPOLLERR)) {
        ready |= EDO_READY_READABLE | EDO_READY_WRITABLE;
    }
    if (events & EPOLLERR) {
        ready |= EDO_READY_ERROR;
    }
    if ((events & EPOLLHUP) || ((events & EPOLLIN) && (events & EPOLLRDHUP))) {
        ready |= EDO_READY_READ_CLOSED;
    }
    if ((events & EPOLLHUP) || ((events & EPOLLOUT) && (events & EPOLLERR)) || events == EPOLLERR) {
        ready |= EDO_READY_WRITE_CLOSED;
    }
    return ready;
}

/* epoll_wait in milliseconds, rounded up. */
static int edo_poll_wait_coarse(struct edo_poller *poller, int64_t timeout_nanos) {
    int64_t millis = timeout_nanos < 0
                         ? -1
                         : timeout_nanos / NANOS_PER_MILLI + (timeout_nanos % NANOS_PER_MILLI != 0);
    return epoll_wait(poller->backend_fd, (struct epoll_event *)(uintptr_t)poller->events,
                      (int)poller->max_events, millis > INT_MAX ? INT_MAX : (int)millis);
}

/* epoll_pwait2 where the kernel has it; no answer but ENOSYS, or EPERM from a seccomp filter that
   does not know the number, means that it has not. */
static int edo_poll_wait_fine(struct edo_poller *poller, int64_t timeout_nanos) {
    struct edo_kernel_timespec timeout = {.seconds = timeout_nanos / NANOS_PER_SECOND,
                                          .nanos = timeout_nanos % NANOS_PER_SECOND};
    int count = (int)syscall(SYS_epoll_pwait2, poller->backend_fd, (uintptr_t)poller->events,
                             (int)poller->max_events, &timeout, NULL, (size_t)0);
    if (count < 0 && (errno == ENOSYS || errno == EPERM)) {
        poller->coarse_timeout = 1;
        return edo_poll_wait_coarse(poller, timeout_nanos);
    }
    return count;
}

int edo_poll_wait(struct edo_poller *poller, int64_t timeout_nanos, uint64_t tick) {
    if (timeout_nanos > EDO_POLLER_TIMEOUT_NANOS_MAX) {
        timeout_nanos = EDO_POLLER_TIMEOUT_NANOS_MAX;
    }
    int count = timeout_nanos > 0 && !poller->coarse_timeout
                    ? edo_poll_wait_fine(poller, timeout_nanos)
                    : edo_poll_wait_coarse(poller, timeout_nanos);
    int error = errno;
    edo_slot_count(&poller->turns);
    if (count < 0) {
        return error == EINTR ? 0 : -error;
    }

    struct epoll_event *events = (struct epoll_event *)(uintptr_t)poller->events;
    uint32_t reported = 0;
    for (int i = 0; i < count; i++) {
        edo_slot_count(&poller->seen);
        uint64_t token = events[i].data.u64;
        if (token == EDO_TOKEN_WAKE) {
            edo_slot_count(&poller->wakes);
        } else {
            reported = edo_slot_publish(poller, token, edo_poll_translate(events[i].events), tick,
                                        reported);
        }
    }
    return (int)reported;
}

/* The eventfd is edge-triggered: each write is an edge, so the polling thread need not read it.
   After 2^64 - 2 writes it is full; then one read makes room. */
int edo_poll_wake(struct edo_poller *poller) {
    uint64_t value = 1;
    for (;;) {
        if (write(poller->wake_fd, &value, sizeof value) == (ssize_t)sizeof value) {
            return 0;
        }
        if (errno == EAGAIN) {
            uint64_t ignored;
            if (read(poller->wake_fd, &ignored, sizeof ignored) < 0 && errno != EAGAIN
                && errno != EINTR) {
                return -errno;
            }
        } else if (errno != EINTR) {
            return -errno;
        }
    }
}

#endif
