/*
 * What C and Java agree on: the layout of the memory they share.
 *
 * Each struct has a twin in dev.edo.impl.natives: edo_slot is SlotLayout, edo_poller is
 * PollerLayout, edo_ready is ReadyLayout, edo_spawn is SpawnLayout. At load Java compares the
 * numbers below with its own (Abi). Whoever changes a struct here changes its twin and raises
 * EDO_ABI_VERSION.
 */
#ifndef EDO_ABI_H
#define EDO_ABI_H

#include <assert.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#ifndef EDO_ABI_VERSION
#define EDO_ABI_VERSION 3
#endif

/*
 * The readiness word of a slot:
 *
 *   | shutdown |  tick   | readiness |
 *   |    63    | 62 .. 16|  15 .. 0  |
 *
 * Shutdown is set by Java, once, and then stays. Tick is the number of the driver turn that
 * published last. Readiness is a set of EDO_READY_*.
 */
#define EDO_READINESS_BITS 16
#define EDO_TICK_BITS 47
#define EDO_READINESS_MASK ((UINT64_C(1) << EDO_READINESS_BITS) - 1)
#define EDO_TICK_MASK ((UINT64_C(1) << EDO_TICK_BITS) - 1)
#define EDO_SHUTDOWN (UINT64_C(1) << (EDO_READINESS_BITS + EDO_TICK_BITS))

/* The bits of tokio::io::Ready. */
#define EDO_READY_READABLE UINT32_C(0x01)
#define EDO_READY_WRITABLE UINT32_C(0x02)
#define EDO_READY_READ_CLOSED UINT32_C(0x04)
#define EDO_READY_WRITE_CLOSED UINT32_C(0x08)
#define EDO_READY_PRIORITY UINT32_C(0x10)
#define EDO_READY_ERROR UINT32_C(0x20)

/* What the kernel hands back with an event: generation << 32 | index. A generation has 31 bits,
   so no slot has the token of the wake handle. */
#define EDO_TOKEN_WAKE UINT64_MAX
#define EDO_GENERATION_BITS 31

/*
 * One registered file descriptor. Slots lie in one reserved region (edo_region.c) and never move.
 *
 *   field       written by                          read by
 *   readiness   C: publish. Java: clear, shutdown   both, seq_cst (Java: volatile)
 *   generation  Java, when it frees the slot        C, acquire
 *   waiting     Java: a waiter sets its bits.       both, seq_cst (Java: volatile)
 *               C: takes the bits it reports
 *   interest    Java                                nobody but dumps
 *   fd          Java                                nobody but dumps
 */
struct edo_slot {
    _Alignas(128) _Atomic uint64_t readiness;
    _Atomic uint32_t generation;
    _Atomic uint32_t waiting;
    _Atomic uint32_t interest;
    int32_t fd;
    uint8_t padding[104];
};

_Static_assert(sizeof(struct edo_slot) == 128, "SlotLayout.SIZE");
_Static_assert(_Alignof(struct edo_slot) == 128, "SlotLayout.ALIGNMENT");
_Static_assert(offsetof(struct edo_slot, readiness) == 0, "SlotLayout.READINESS");
_Static_assert(offsetof(struct edo_slot, generation) == 8, "SlotLayout.GENERATION");
_Static_assert(offsetof(struct edo_slot, waiting) == 12, "SlotLayout.WAITING");
_Static_assert(offsetof(struct edo_slot, interest) == 16, "SlotLayout.INTEREST");
_Static_assert(offsetof(struct edo_slot, fd) == 20, "SlotLayout.FD");

/* One slot that has news for somebody. Written by the polling thread during a wait, read by the
   same thread after it. */
struct edo_ready {
    uint32_t index;
    uint32_t ready;
};

_Static_assert(sizeof(struct edo_ready) == 8, "ReadyLayout.SIZE");
_Static_assert(offsetof(struct edo_ready, index) == 0, "ReadyLayout.INDEX");
_Static_assert(offsetof(struct edo_ready, ready) == 4, "ReadyLayout.READY");

/*
 * One I/O driver. The first line is written at creation and constant from then on, but for
 * coarse_timeout, which belongs to the polling thread. The counters are written by the polling
 * thread only and read by anyone (relaxed; Java: opaque).
 *
 *   seen = wakes + stale + dropped + published          published = upcalls + quiet
 */
struct edo_poller {
    _Alignas(64) int32_t backend_fd; /* epoll or kqueue */
    int32_t wake_fd;                 /* eventfd; -1 where the backend has its own wake handle */
    uint64_t slots;                  /* address of slot 0 */
    uint32_t slot_capacity;
    uint32_t max_events;
    uint64_t events;         /* address of the kernel's event array, max_events long */
    uint64_t ready;          /* address of an array of edo_ready, max_events long */
    uint32_t coarse_timeout; /* 1: the kernel has no nanosecond wait */
    uint32_t padding[5];

    _Atomic uint64_t turns;     /* waits */
    _Atomic uint64_t seen;      /* events that came from the kernel */
    _Atomic uint64_t published; /* events that were written into a slot */
    _Atomic uint64_t upcalls;   /* published events that were reported to Java */
    _Atomic uint64_t quiet;     /* published events for which nobody waited */
    _Atomic uint64_t stale;     /* events of an earlier generation of their slot */
    _Atomic uint64_t wakes;     /* events of the wake handle */
    _Atomic uint64_t dropped;   /* events of a slot that is shut down or out of range */
};

_Static_assert(sizeof(struct edo_poller) == 128, "PollerLayout.SIZE");
_Static_assert(offsetof(struct edo_poller, backend_fd) == 0, "PollerLayout.BACKEND_FD");
_Static_assert(offsetof(struct edo_poller, wake_fd) == 4, "PollerLayout.WAKE_FD");
_Static_assert(offsetof(struct edo_poller, slots) == 8, "PollerLayout.SLOTS");
_Static_assert(offsetof(struct edo_poller, slot_capacity) == 16, "PollerLayout.SLOT_CAPACITY");
_Static_assert(offsetof(struct edo_poller, max_events) == 20, "PollerLayout.MAX_EVENTS");
_Static_assert(offsetof(struct edo_poller, events) == 24, "PollerLayout.EVENTS");
_Static_assert(offsetof(struct edo_poller, ready) == 32, "PollerLayout.READY");
_Static_assert(offsetof(struct edo_poller, coarse_timeout) == 40, "PollerLayout.COARSE_TIMEOUT");
_Static_assert(offsetof(struct edo_poller, turns) == 64, "PollerLayout.TURNS");
_Static_assert(offsetof(struct edo_poller, seen) == 72, "PollerLayout.SEEN");
_Static_assert(offsetof(struct edo_poller, published) == 80, "PollerLayout.PUBLISHED");
_Static_assert(offsetof(struct edo_poller, upcalls) == 88, "PollerLayout.UPCALLS");
_Static_assert(offsetof(struct edo_poller, quiet) == 96, "PollerLayout.QUIET");
_Static_assert(offsetof(struct edo_poller, stale) == 104, "PollerLayout.STALE");
_Static_assert(offsetof(struct edo_poller, wakes) == 112, "PollerLayout.WAKES");
_Static_assert(offsetof(struct edo_poller, dropped) == 120, "PollerLayout.DROPPED");

/* Which fields of an edo_spawn count; and what a test can have it do without. */
#define EDO_SPAWN_UID UINT32_C(0x01)
#define EDO_SPAWN_GID UINT32_C(0x02)
#define EDO_SPAWN_GROUP UINT32_C(0x04)
#define EDO_SPAWN_WALK UINT32_C(0x08) /* as on a kernel without close_range */

/* What of the start of a program failed. */
#define EDO_SPAWN_STEP_FORK UINT32_C(1)
#define EDO_SPAWN_STEP_STDIO UINT32_C(2)
#define EDO_SPAWN_STEP_GID UINT32_C(3)
#define EDO_SPAWN_STEP_UID UINT32_C(4)
#define EDO_SPAWN_STEP_DIRECTORY UINT32_C(5)
#define EDO_SPAWN_STEP_GROUP UINT32_C(6)
#define EDO_SPAWN_STEP_EXEC UINT32_C(7)

/* In place of a descriptor: the child has what this process has there, unless that is closed on exec. */
#define EDO_SPAWN_INHERIT INT32_C(-1)

/*
 * One start of a program. Java fills it in, C writes pid and step. The first three are
 * addresses of arrays of strings, as is environment; each array ends with a null.
 */
struct edo_spawn {
    uint64_t paths;       /* the files to try, one after the other */
    uint64_t arguments;   /* the first is the program's name for itself */
    uint64_t shell;       /* arguments for a shell: its name, room for the file, arguments from 1 */
    uint64_t environment; /* 0: that of this process */
    uint64_t directory;   /* 0: that of this process */
    int32_t stdio[3];     /* what become the descriptors 0, 1 and 2, or EDO_SPAWN_INHERIT */
    uint32_t options;     /* EDO_SPAWN_UID and so on */
    uint32_t uid;
    uint32_t gid;
    int32_t group; /* 0: one of its own */
    int32_t pid;
    uint32_t step; /* EDO_SPAWN_STEP_* */
    uint32_t padding;
};

_Static_assert(sizeof(struct edo_spawn) == 80, "SpawnLayout.SIZE");
_Static_assert(offsetof(struct edo_spawn, paths) == 0, "SpawnLayout.PATHS");
_Static_assert(offsetof(struct edo_spawn, arguments) == 8, "SpawnLayout.ARGUMENTS");
_Static_assert(offsetof(struct edo_spawn, shell) == 16, "SpawnLayout.SHELL");
_Static_assert(offsetof(struct edo_spawn, environment) == 24, "SpawnLayout.ENVIRONMENT");
_Static_assert(offsetof(struct edo_spawn, directory) == 32, "SpawnLayout.DIRECTORY");
_Static_assert(offsetof(struct edo_spawn, stdio) == 40, "SpawnLayout.STDIO");
_Static_assert(offsetof(struct edo_spawn, options) == 52, "SpawnLayout.OPTIONS");
_Static_assert(offsetof(struct edo_spawn, uid) == 56, "SpawnLayout.UID");
_Static_assert(offsetof(struct edo_spawn, gid) == 60, "SpawnLayout.GID");
_Static_assert(offsetof(struct edo_spawn, group) == 64, "SpawnLayout.GROUP");
_Static_assert(offsetof(struct edo_spawn, pid) == 68, "SpawnLayout.PID");
_Static_assert(offsetof(struct edo_spawn, step) == 72, "SpawnLayout.STEP");

/* Java does atomic operations on these, without locks. */
_Static_assert(ATOMIC_LLONG_LOCK_FREE == 2 && ATOMIC_INT_LOCK_FREE == 2, "lock-free atomics");
_Static_assert(sizeof(void *) == 8, "64-bit addresses");

#endif
