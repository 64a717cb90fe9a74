/*
 * A stand-in for macOS's <sys/event.h>, so that the kqueue backend is compiled and tested on Linux.
 * The values are macOS's. fake_kevent.c has the functions.
 */
#ifndef EDO_KQUEUE_STANDIN_SYS_EVENT_H
#define EDO_KQUEUE_STANDIN_SYS_EVENT_H

#include <stdint.h>
#include <time.h>

struct kevent {
    uintptr_t ident;
    int16_t filter;
    uint16_t flags;
    uint32_t fflags;
    intptr_t data;
    void *udata;
};

#define EVFILT_READ (-1)
#define EVFILT_WRITE (-2)
#define EVFILT_USER (-10)

#define EV_ADD 0x0001
#define EV_DELETE 0x0002
#define EV_CLEAR 0x0020
#define EV_RECEIPT 0x0040
#define EV_ERROR 0x4000
#define EV_EOF 0x8000

#define NOTE_TRIGGER 0x01000000

#define EV_SET(event, ident_, filter_, flags_, fflags_, data_, udata_)                             \
    do {                                                                                           \
        struct kevent *event_ = (event);                                                           \
        event_->ident = (ident_);                                                                  \
        event_->filter = (int16_t)(filter_);                                                       \
        event_->flags = (uint16_t)(flags_);                                                        \
        event_->fflags = (fflags_);                                                                \
        event_->data = (data_);                                                                    \
        event_->udata = (udata_);                                                                  \
    } while (0)

int kqueue(void);
int kevent(int queue, const struct kevent *changes, int change_count, struct kevent *events,
           int event_count, const struct timespec *timeout);

#endif
