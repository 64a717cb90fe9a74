/* The ring: what is done at once, what comes later, cancels, overflows, and who is told. */
#include "check.h"
#include "edo_uring.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>

#define NOP 0
#define OPENAT 18
#define READ 22
#define HERE ((uint64_t)-1)
#define ASYNC 16

static struct edo_uring *ring;

/* Whether this system lets a process have a ring at all. */
static int opened(uint32_t entries, uint32_t completions) {
    int error = edo_uring_open(entries, completions, &ring);
    if (error == -ENOSYS || error == -EPERM) {
        printf("  skipped: io_uring is refused, errno=%d\n", -error);
        return 0;
    }
    CHECK_EQUAL(0, error);
    return 1;
}

static int64_t end_of(uint32_t number, int32_t result) {
    return (int64_t)((uint64_t)number << 32 | (uint32_t)result);
}

static int64_t next_end(void) {
    for (;;) {
        int64_t end = edo_uring_next(ring);
        if (end != EDO_URING_EMPTY) {
            return end;
        }
        CHECK_EQUAL(0, edo_uring_await(ring, 1000));
    }
}

static int told(void) {
    struct pollfd waited = {.fd = edo_uring_event_fd(ring), .events = POLLIN};
    return poll(&waited, 1, 0);
}

static int submit_read(int fd, void *buffer, uint32_t length, uint32_t number) {
    return edo_uring_submit(ring, READ, 0, fd, (uintptr_t)buffer, length, HERE, 0, number);
}

static void an_impossible_ring_is_an_error(void) {
    CHECK_EQUAL(-EINVAL, edo_uring_open(0, 8, &ring));
    CHECK_EQUAL(-EINVAL, edo_uring_open(8, 4, &ring));
}

static void what_is_done_at_once_wakes_nobody(void) {
    if (!opened(8, 16)) {
        return;
    }
    CHECK((edo_uring_operations(ring) & (INT64_C(1) << READ)) != 0);
    CHECK_EQUAL(EDO_URING_EMPTY, edo_uring_next(ring));
    CHECK_EQUAL(0, edo_uring_submit(ring, NOP, 0, -1, 0, 0, 0, 0, 7));
    CHECK_EQUAL(0, told());
    CHECK_EQUAL(end_of(7, 0), edo_uring_next(ring));
    CHECK_EQUAL(EDO_URING_EMPTY, edo_uring_next(ring));
    CHECK_EQUAL(0, edo_uring_close(ring));
}

static void what_comes_later_is_told(void) {
    if (!opened(8, 16)) {
        return;
    }
    int ends[2];
    char buffer[8] = {0};
    CHECK_EQUAL(0, pipe(ends));
    CHECK_EQUAL(0, submit_read(ends[0], buffer, sizeof buffer, 3));
    CHECK_EQUAL(EDO_URING_EMPTY, edo_uring_next(ring));
    CHECK_EQUAL(0, told());
    CHECK_EQUAL(2, write(ends[1], "hi", 2));
    CHECK_EQUAL(end_of(3, 2), next_end());
    CHECK_EQUAL(1, told());
    CHECK_EQUAL(0, strcmp("hi", buffer));
    close(ends[0]);
    close(ends[1]);
    CHECK_EQUAL(0, edo_uring_close(ring));
}

static void reads_go_on_where_the_file_is(void) {
    if (!opened(8, 16)) {
        return;
    }
    char name[] = "/tmp/edo_uring_XXXXXX";
    int fd = mkstemp(name);
    CHECK_EQUAL(6, write(fd, "abcdef", 6));
    CHECK_EQUAL(1, lseek(fd, 1, SEEK_SET));
    char buffer[4] = {0};
    CHECK_EQUAL(0, submit_read(fd, buffer, 3, 0));
    CHECK_EQUAL(end_of(0, 3), next_end());
    CHECK_EQUAL(0, strcmp("bcd", buffer));
    CHECK_EQUAL(4, lseek(fd, 0, SEEK_CUR));
    CHECK_EQUAL(0, edo_uring_submit(ring, OPENAT, ASYNC, AT_FDCWD, (uintptr_t)name, 0, 0,
                                    O_RDONLY | O_CLOEXEC, 1));
    int opened_fd = (int)(int32_t)next_end();
    CHECK(opened_fd > fd);
    CHECK_EQUAL(0, edo_uring_close_fd(opened_fd));
    CHECK_EQUAL(-EBADF, edo_uring_close_fd(opened_fd));
    close(fd);
    unlink(name);
    CHECK_EQUAL(0, edo_uring_close(ring));
}

static void a_cancelled_operation_ends_and_the_cancel_is_not_told_of(void) {
    if (!opened(8, 16)) {
        return;
    }
    int ends[2];
    char buffer[8];
    CHECK_EQUAL(0, pipe(ends));
    CHECK_EQUAL(0, submit_read(ends[0], buffer, sizeof buffer, 5));
    CHECK_EQUAL(0, edo_uring_cancel(ring, 6)); /* there is none */
    CHECK_EQUAL(EDO_URING_EMPTY, edo_uring_next(ring));
    CHECK_EQUAL(0, edo_uring_cancel(ring, 5));
    CHECK_EQUAL(end_of(5, -ECANCELED), next_end());
    CHECK_EQUAL(EDO_URING_EMPTY, edo_uring_next(ring));
    close(ends[0]);
    close(ends[1]);
    CHECK_EQUAL(0, edo_uring_close(ring));
}

/* More ends than there is room for, and more submissions than entries, while nobody looks. */
static void ends_that_do_not_fit_are_kept(void) {
    if (!opened(2, 4)) {
        return;
    }
    enum { MANY = 100 };
    uint8_t seen[MANY] = {0};
    for (uint32_t i = 0; i < MANY; i++) {
        CHECK_EQUAL(0, edo_uring_submit(ring, NOP, 0, -1, 0, 0, 0, 0, i));
    }
    for (int i = 0; i < MANY; i++) {
        int64_t end = edo_uring_next(ring);
        CHECK(end != EDO_URING_EMPTY);
        CHECK_EQUAL(0, (int32_t)end);
        seen[end >> 32]++;
    }
    for (int i = 0; i < MANY; i++) {
        CHECK_EQUAL(1, seen[i]);
    }
    CHECK_EQUAL(EDO_URING_EMPTY, edo_uring_next(ring));
    CHECK_EQUAL(0, edo_uring_close(ring));
}

/* To open an end of a pipe waits for who opens the other one, and keeps a thread of the kernel's. */
static void opens_that_wait_do_not_keep_others_from_opening(void) {
    if (!opened(256, 1024)) {
        return;
    }
    enum { WAITING = 100 };
    char directory[] = "/tmp/edo_uring_XXXXXX";
    CHECK(mkdtemp(directory) != NULL);
    char names[WAITING][64];
    for (uint32_t i = 0; i < WAITING; i++) {
        snprintf(names[i], sizeof names[i], "%s/%" PRIu32, directory, i);
        CHECK_EQUAL(0, mkfifo(names[i], 0600));
        CHECK_EQUAL(0, edo_uring_submit(ring, OPENAT, ASYNC, AT_FDCWD, (uintptr_t)names[i], 0, 0,
                                        O_RDONLY | O_CLOEXEC, i));
    }
    for (uint32_t i = 0; i < WAITING; i++) {
        CHECK_EQUAL(0, edo_uring_submit(ring, OPENAT, ASYNC, AT_FDCWD, (uintptr_t)names[i], 0, 0,
                                        O_WRONLY | O_CLOEXEC, WAITING + i));
    }
    for (int i = 0; i < 2 * WAITING; i++) {
        int32_t fd = (int32_t)next_end();
        CHECK(fd >= 0);
        CHECK_EQUAL(0, edo_uring_close_fd(fd));
    }
    for (int i = 0; i < WAITING; i++) {
        unlink(names[i]);
    }
    rmdir(directory);
    CHECK_EQUAL(0, edo_uring_close(ring));
}

int main(void) {
    RUN(an_impossible_ring_is_an_error);
    RUN(what_is_done_at_once_wakes_nobody);
    RUN(what_comes_later_is_told);
    RUN(reads_go_on_where_the_file_is);
    RUN(a_cancelled_operation_ends_and_the_cancel_is_not_told_of);
    RUN(ends_that_do_not_fit_are_kept);
    RUN(opens_that_wait_do_not_keep_others_from_opening);
    return 0;
}
