/* What a test tells the fake kernel, and what it asks it afterwards. */
#ifndef EDO_FAKE_KEVENT_H
#define EDO_FAKE_KEVENT_H

#include <sys/event.h>

#include <stdbool.h>

/* Forgets everything. */
void fake_kevent_reset(void);

/* Queues an event for a registered filter; its udata is the one that was registered. */
void fake_kevent_raise(int fd, int filter, int flags, uint32_t fflags);

/* The next call fails with this errno, before it does anything. */
void fake_kevent_fail(int error);

/* Each EV_ADD of the filter answers with this errno in its receipt. */
void fake_kevent_refuse(int filter, int error);

/* The flags that the filter was added with; 0 if it is not registered. */
int fake_kevent_flags(int fd, int filter);

/* The timeout of the last wait in nanoseconds, -1 for none. */
int64_t fake_kevent_timeout_nanos(void);

#endif
