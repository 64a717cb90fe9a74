#include "edo_uring.h"

#include <errno.h>
#include <unistd.h>

#if defined(__linux__)

#include <poll.h>
#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/syscall.h>

/* The system's headers may be older than io_uring. What follows is the kernel's ABI, which is the
   same on every 64-bit architecture. */
#ifndef SYS_io_uring_setup
#define SYS_io_uring_setup 425
#define SYS_io_uring_enter 426
#define SYS_io_uring_register 427
#endif

#define SETUP_CQSIZE UINT32_C(0x08)
#define SETUP_CLAMP UINT32_C(0x10)
#define FEATURE_SINGLE_MMAP UINT32_C(0x01)
#define FEATURE_NODROP UINT32_C(0x02)
#define FEATURE_CURRENT_POSITION UINT32_C(0x08)
#define FEATURES (FEATURE_SINGLE_MMAP | FEATURE_NODROP | FEATURE_CURRENT_POSITION)
#define ENTER_GETEVENTS UINT32_C(0x01)
#define REGISTER_EVENTFD 4
#define REGISTER_PROBE 8
#define REGISTER_WORKER_LIMITS 19
#define SQ_CQ_OVERFLOW UINT32_C(0x02)
#define SQ_TASKRUN UINT32_C(0x04)
#define CQ_EVENTFD_DISABLED UINT32_C(0x01)
#define OFFSET_RINGS 0
#define OFFSET_SQES INT64_C(0x10000000)
#define OPERATION_ASYNC_CANCEL 14
#define OPERATIONS 63
#define PROBED_SUPPORTED 1
#define MOST_WORKERS 512

struct sq_offsets {
    uint32_t head, tail, mask, entries, flags, dropped, array, reserved;
    uint64_t address;
};

struct cq_offsets {
    uint32_t head, tail, mask, entries, overflow, cqes, flags, reserved;
    uint64_t address;
};

struct params {
    uint32_t sq_entries, cq_entries, flags, thread_cpu, thread_idle, features, wq_fd, reserved[3];
    struct sq_offsets sq;
    struct cq_offsets cq;
};

struct sqe {
    uint8_t operation, entry_flags;
    uint16_t priority;
    int32_t fd;
    uint64_t offset, address;
    uint32_t length, flags;
    uint64_t user_data;
    uint64_t rest[3];
};

struct cqe {
    uint64_t user_data;
    int32_t result;
    uint32_t flags;
};

struct probe {
    uint8_t last, length;
    uint16_t reserved;
    uint32_t reserved2[3];
    struct {
        uint8_t operation, reserved;
        uint16_t flags;
        uint32_t reserved2;
    } operations[OPERATIONS];
};

_Static_assert(sizeof(struct params) == 120, "struct io_uring_params");
_Static_assert(sizeof(struct sqe) == 64, "struct io_uring_sqe");
_Static_assert(sizeof(struct cqe) == 16, "struct io_uring_cqe");
_Static_assert(sizeof(struct probe) == 16 + 8 * OPERATIONS, "struct io_uring_probe");

/*
 * All but the first line is guarded by the lock. Tail of the submissions and head of the
 * completions are written here and read by the kernel, the others the other way round.
 *
 *   sq_tail, cq_head   written: release    pairs with the kernel's acquire
 *   cq_tail            read: seq_cst       pairs with the kernel's release of what is in a cqe;
 *                                          and see edo_uring_submit
 *   cq_flags           written: seq_cst    see edo_uring_submit
 *
 * Between two calls there is no submission that the kernel has not taken: one that it refuses is
 * taken back. So there is always room for one.
 */
struct edo_uring {
    int fd, event_fd;
    int64_t operations;
    atomic_flag lock;
    uint32_t sq_mask, cq_mask;
    _Atomic uint32_t *sq_tail, *sq_flags, *cq_head, *cq_tail, *cq_flags;
    uint32_t *sq_array;
    struct cqe *cqes;
    struct sqe *sqes;
    void *rings;
    size_t rings_bytes, sqes_bytes;
};

#define SPINS_BEFORE_YIELD 64

static void edo_uring_lock(struct edo_uring *ring) {
    for (int spins = 1; atomic_flag_test_and_set_explicit(&ring->lock, memory_order_acquire);
         spins++) {
        if (spins % SPINS_BEFORE_YIELD == 0) {
            sched_yield();
        }
    }
}

static void edo_uring_unlock(struct edo_uring *ring) {
    atomic_flag_clear_explicit(&ring->lock, memory_order_release);
}

static int edo_uring_enter(struct edo_uring *ring, uint32_t submissions, uint32_t flags) {
    int result = (int)syscall(SYS_io_uring_enter, ring->fd, submissions, 0, flags, NULL, (size_t)0);
    return result < 0 ? -errno : result;
}

static int edo_uring_register(struct edo_uring *ring, unsigned what, void *argument,
                              unsigned count) {
    return syscall(SYS_io_uring_register, ring->fd, what, argument, count) < 0 ? -errno : 0;
}

static int edo_uring_map(struct edo_uring *ring, const struct params *params) {
    size_t sq_bytes = params->sq.array + params->sq_entries * sizeof(uint32_t);
    size_t cq_bytes = params->cq.cqes + params->cq_entries * sizeof(struct cqe);
    ring->rings_bytes = sq_bytes > cq_bytes ? sq_bytes : cq_bytes;
    ring->sqes_bytes = params->sq_entries * sizeof(struct sqe);
    void *rings = mmap(NULL, ring->rings_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE,
                       ring->fd, OFFSET_RINGS);
    if (rings == MAP_FAILED) {
        return -errno;
    }
    ring->rings = rings;
    void *sqes = mmap(NULL, ring->sqes_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE,
                      ring->fd, OFFSET_SQES);
    if (sqes == MAP_FAILED) {
        return -errno;
    }
    ring->sqes = sqes;
    char *base = rings;
    ring->sq_tail = (_Atomic uint32_t *)(base + params->sq.tail);
    ring->sq_flags = (_Atomic uint32_t *)(base + params->sq.flags);
    ring->sq_array = (uint32_t *)(base + params->sq.array);
    ring->cq_head = (_Atomic uint32_t *)(base + params->cq.head);
    ring->cq_tail = (_Atomic uint32_t *)(base + params->cq.tail);
    ring->cqes = (struct cqe *)(base + params->cq.cqes);
    /* A kernel before 5.8 has no such flags: there each completion is told. */
    ring->cq_flags = params->cq.flags == 0 ? NULL : (_Atomic uint32_t *)(base + params->cq.flags);
    ring->sq_mask = params->sq_entries - 1;
    ring->cq_mask = params->cq_entries - 1;
    return 0;
}

static int edo_uring_probe(struct edo_uring *ring) {
    struct probe probe;
    memset(&probe, 0, sizeof probe);
    int error = edo_uring_register(ring, REGISTER_PROBE, &probe, OPERATIONS);
    if (error != 0) {
        return error == -EINVAL ? -ENOSYS : error; /* EINVAL: a kernel that cannot be probed */
    }
    for (int i = 0; i < OPERATIONS && i < probe.length; i++) {
        if (probe.operations[i].flags & PROBED_SUPPORTED) {
            ring->operations |= INT64_C(1) << i;
        }
    }
    return 0;
}

/*
 * Each thread that submits has threads of the kernel's, but only four per processor for what opens
 * files: as many opens that wait, for the other end of a pipe or for a file system, would keep all
 * others waiting. So it has as many as the blocking pool. A kernel before 5.15 keeps to its limit.
 */
static void edo_uring_raise_limit(struct edo_uring *ring) {
    uint32_t limits[2] = {MOST_WORKERS, 0}; /* the second one, of reads of pipes, say, stays */
    (void)edo_uring_register(ring, REGISTER_WORKER_LIMITS, limits, 2);
}

static int edo_uring_set_up(struct edo_uring *ring, uint32_t entries, uint32_t completions) {
    struct params params;
    memset(&params, 0, sizeof params);
    params.flags = SETUP_CQSIZE | SETUP_CLAMP;
    params.cq_entries = completions;
    ring->fd = (int)syscall(SYS_io_uring_setup, entries, &params);
    if (ring->fd < 0) {
        return errno == EINVAL ? -ENOSYS : -errno; /* EINVAL: a kernel without these flags */
    }
    if ((params.features & FEATURES) != FEATURES) {
        return -ENOSYS;
    }
    int error = edo_uring_map(ring, &params);
    if (error == 0) {
        error = edo_uring_probe(ring);
    }
    if (error != 0) {
        return error;
    }
    edo_uring_raise_limit(ring);
    ring->event_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return ring->event_fd < 0 ? -errno
                              : edo_uring_register(ring, REGISTER_EVENTFD, &ring->event_fd, 1);
}

int edo_uring_open(uint32_t entries, uint32_t completions, struct edo_uring **result) {
    if (entries == 0 || completions < entries) {
        return -EINVAL;
    }
    struct edo_uring *ring = calloc(1, sizeof(struct edo_uring));
    if (ring == NULL) {
        return -ENOMEM;
    }
    ring->fd = -1;
    ring->event_fd = -1;
    atomic_flag_clear(&ring->lock);
    int error = edo_uring_set_up(ring, entries, completions);
    if (error != 0) {
        edo_uring_close(ring);
        return error;
    }
    *result = ring;
    return 0;
}

int edo_uring_close(struct edo_uring *ring) {
    if (ring->sqes != NULL) {
        munmap(ring->sqes, ring->sqes_bytes);
    }
    if (ring->rings != NULL) {
        munmap(ring->rings, ring->rings_bytes);
    }
    if (ring->event_fd >= 0) {
        close(ring->event_fd);
    }
    if (ring->fd >= 0) {
        close(ring->fd);
    }
    free(ring);
    return 0;
}

int edo_uring_event_fd(struct edo_uring *ring) {
    return ring->event_fd;
}

int64_t edo_uring_operations(struct edo_uring *ring) {
    return ring->operations;
}

/*
 * The event descriptor is silent meanwhile: the caller looks for completions afterwards, so most
 * operations wake nobody. A completion that another thread brings in while it is silent must be
 * seen by that look. Here: speak again, then (edo_uring_next) read the tail. The kernel: write the
 * tail, then read whether to be silent. Here both are seq_cst, so in this order to everybody; the
 * kernel has a full barrier in between, the one with which it looks for waiters.
 */
static int edo_uring_enter_silently(struct edo_uring *ring) {
    if (ring->cq_flags != NULL) {
        atomic_fetch_or(ring->cq_flags, CQ_EVENTFD_DISABLED);
    }
    int result;
    do {
        result = edo_uring_enter(ring, 1, 0);
    } while (result == -EINTR);
    if (ring->cq_flags != NULL) {
        atomic_fetch_and(ring->cq_flags, ~CQ_EVENTFD_DISABLED);
    }
    return result;
}

int edo_uring_submit(struct edo_uring *ring, uint32_t operation, uint32_t entry_flags, int32_t fd,
                     uint64_t address, uint32_t length, uint64_t offset, uint32_t flags,
                     uint32_t number) {
    edo_uring_lock(ring);
    uint32_t tail = atomic_load_explicit(ring->sq_tail, memory_order_relaxed);
    uint32_t index = tail & ring->sq_mask;
    struct sqe *sqe = &ring->sqes[index];
    memset(sqe, 0, sizeof *sqe);
    sqe->operation = (uint8_t)operation;
    sqe->entry_flags = (uint8_t)entry_flags;
    sqe->fd = fd;
    sqe->offset = offset;
    sqe->address = address;
    sqe->length = length;
    sqe->flags = flags;
    sqe->user_data = number;
    ring->sq_array[index] = index;
    atomic_store_explicit(ring->sq_tail, tail + 1, memory_order_release);
    int result = edo_uring_enter_silently(ring);
    if (result != 1) {
        /* The kernel reads the tail during an enter only. */
        atomic_store_explicit(ring->sq_tail, tail, memory_order_release);
    }
    edo_uring_unlock(ring);
    return result == 1 ? 0 : result == 0 ? -EAGAIN : result;
}

int edo_uring_cancel(struct edo_uring *ring, uint32_t number) {
    return edo_uring_submit(ring, OPERATION_ASYNC_CANCEL, 0, -1, number, 0, 0, 0,
                            EDO_URING_CANCEL);
}

static int64_t edo_uring_take(struct edo_uring *ring) {
    for (;;) {
        uint32_t head = atomic_load_explicit(ring->cq_head, memory_order_relaxed);
        if (head == atomic_load(ring->cq_tail)) {
            return EDO_URING_EMPTY;
        }
        struct cqe *cqe = &ring->cqes[head & ring->cq_mask];
        uint32_t number = (uint32_t)cqe->user_data;
        int64_t end = (int64_t)((uint64_t)number << 32 | (uint32_t)cqe->result);
        atomic_store_explicit(ring->cq_head, head + 1, memory_order_release);
        if (number != EDO_URING_CANCEL) {
            return end;
        }
    }
}

int64_t edo_uring_next(struct edo_uring *ring) {
    edo_uring_lock(ring);
    int64_t end = edo_uring_take(ring);
    if (end == EDO_URING_EMPTY
        && (atomic_load_explicit(ring->sq_flags, memory_order_relaxed)
            & (SQ_CQ_OVERFLOW | SQ_TASKRUN))) {
        edo_uring_enter(ring, 0, ENTER_GETEVENTS); /* where it fails, the flags stay */
        end = edo_uring_take(ring);
    }
    edo_uring_unlock(ring);
    return end;
}

int edo_uring_await(struct edo_uring *ring, int32_t timeout_millis) {
    struct pollfd waited = {.fd = ring->fd, .events = POLLIN};
    return poll(&waited, 1, timeout_millis) < 0 && errno != EINTR ? -errno : 0;
}

#else

int edo_uring_open(uint32_t entries, uint32_t completions, struct edo_uring **result) {
    (void)entries;
    (void)completions;
    (void)result;
    return -ENOSYS;
}

int edo_uring_close(struct edo_uring *ring) {
    (void)ring;
    return -ENOSYS;
}

int edo_uring_event_fd(struct edo_uring *ring) {
    (void)ring;
    return -ENOSYS;
}

int64_t edo_uring_operations(struct edo_uring *ring) {
    (void)ring;
    return 0;
}

int edo_uring_submit(struct edo_uring *ring, uint32_t operation, uint32_t entry_flags, int32_t fd,
                     uint64_t address, uint32_t length, uint64_t offset, uint32_t flags,
                     uint32_t number) {
    (void)ring;
    (void)operation;
    (void)entry_flags;
    (void)fd;
    (void)address;
    (void)length;
    (void)offset;
    (void)flags;
    (void)number;
    return -ENOSYS;
}

int edo_uring_cancel(struct edo_uring *ring, uint32_t number) {
    (void)ring;
    (void)number;
    return -ENOSYS;
}

int64_t edo_uring_next(struct edo_uring *ring) {
    (void)ring;
    return EDO_URING_EMPTY;
}

int edo_uring_await(struct edo_uring *ring, int32_t timeout_millis) {
    (void)ring;
    (void)timeout_millis;
    return -ENOSYS;
}

#endif

int edo_uring_close_fd(int32_t fd) {
    return close(fd) == 0 ? 0 : -errno;
}
