#include "fake_kevent.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>

#define LIMIT 16

static struct kevent filters[LIMIT];
static int filter_count;
static struct kevent pending[LIMIT];
static int pending_count;
static int fail_next;
static int refused_filter;
static int refused_error;
static int64_t last_timeout_nanos;

void fake_kevent_reset(void) {
    filter_count = pending_count = fail_next = refused_filter = refused_error = 0;
    last_timeout_nanos = 0;
}

static struct kevent *find(uintptr_t ident, int filter) {
    for (int i = 0; i < filter_count; i++) {
        if (filters[i].ident == ident && filters[i].filter == filter) {
            return &filters[i];
        }
    }
    return NULL;
}

void fake_kevent_raise(int fd, int filter, int flags, uint32_t fflags) {
    struct kevent *registered = find((uintptr_t)fd, filter);
    if (registered != NULL) {
        pending[pending_count] = *registered;
        pending[pending_count].flags = (uint16_t)flags;
        pending[pending_count++].fflags = fflags;
    }
}

void fake_kevent_fail(int error) {
    fail_next = error;
}

void fake_kevent_refuse(int filter, int error) {
    refused_filter = filter;
    refused_error = error;
}

int fake_kevent_flags(int fd, int filter) {
    struct kevent *registered = find((uintptr_t)fd, filter);
    return registered == NULL ? 0 : registered->flags;
}

int64_t fake_kevent_timeout_nanos(void) {
    return last_timeout_nanos;
}

/* Applies one change. Returns what belongs into its receipt. */
static int apply(const struct kevent *change) {
    struct kevent *registered = find(change->ident, change->filter);
    if (change->flags & EV_DELETE) {
        if (registered == NULL) {
            return ENOENT;
        }
        *registered = filters[--filter_count];
        return 0;
    }
    if (change->filter == refused_filter) {
        return refused_error;
    }
    if (registered == NULL) {
        registered = &filters[filter_count++];
    }
    *registered = *change;
    if (change->filter == EVFILT_USER && change->fflags & NOTE_TRIGGER) {
        pending[pending_count++] = *change;
    }
    return 0;
}

int kqueue(void) {
    return open("/dev/null", O_RDONLY);
}

int kevent(int queue, const struct kevent *changes, int change_count, struct kevent *events,
           int event_count, const struct timespec *timeout) {
    (void)queue;
    if (fail_next != 0) {
        errno = fail_next;
        fail_next = 0;
        return -1;
    }
    int count = 0;
    for (int i = 0; i < change_count; i++) {
        struct kevent receipt = changes[i];
        receipt.data = apply(&changes[i]);
        receipt.flags |= EV_ERROR;
        events[count++] = receipt;
    }
    if (change_count > 0) {
        return count;
    }
    last_timeout_nanos =
        timeout == NULL ? -1 : (int64_t)timeout->tv_sec * 1000000000 + timeout->tv_nsec;
    count = pending_count < event_count ? pending_count : event_count;
    memcpy(events, pending, (size_t)count * sizeof(struct kevent));
    pending_count -= count;
    memmove(pending, pending + count, (size_t)pending_count * sizeof(struct kevent));
    return count;
}
