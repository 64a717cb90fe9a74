/*
 * Between vfork and exec the child runs in the memory of this process, on the stack of the thread
 * that waits for it. So it calls nothing that takes a lock, allocates or talks to the other threads
 * (on Linux setuid does, in the C library), no handler of a signal may run in it, and it writes to
 * nothing but its stack, errno and request->shell. All else that it needs was made before.
 *
 * One that is to change its user or group gets memory of its own, by fork: with the ids the kernel
 * takes back from the memory that it may be dumped and traced, which for shared memory would be this
 * process's, for good.
 */
#include "edo_spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/syscall.h>
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_close_range
#define SYS_close_range 436
#endif
#endif

#if defined(__APPLE__)
#include <crt_externs.h>
#define ENVIRONMENT (*_NSGetEnviron())
#else
extern char **environ;
#define ENVIRONMENT environ
#endif

#define SHELL "/bin/sh"
#define FIRST_OTHER_FD 3
#define SIGNALS 65

/* What a child that fails tells its parent. */
struct edo_spawn_failure {
    int32_t error;
    uint32_t step;
};

uint64_t edo_spawn_environment(void) {
    return (uint64_t)(uintptr_t)ENVIRONMENT;
}

/* In the child */

static _Noreturn void edo_spawn_fail(int report, uint32_t step, int error) {
    struct edo_spawn_failure failure = {.error = error, .step = step};
    while (write(report, &failure, sizeof(failure)) < 0 && errno == EINTR) {
    }
    _exit(127);
}

static int edo_spawn_place_stdio(const int32_t *stdio) {
    int from[FIRST_OTHER_FD];
    /* One that is to go to the place of another first moves out of the way. */
    for (int i = 0; i < FIRST_OTHER_FD; i++) {
        from[i] = stdio[i];
        if (from[i] >= 0 && from[i] != i && from[i] < FIRST_OTHER_FD) {
            from[i] = fcntl(from[i], F_DUPFD, FIRST_OTHER_FD);
            if (from[i] < 0) {
                return errno;
            }
        }
    }
    for (int i = 0; i < FIRST_OTHER_FD; i++) {
        if (from[i] < 0) {
            continue; /* what is closed on exec there is not the stream, but has come in its place */
        }
        if (from[i] == i) {
            fcntl(i, F_SETFD, 0);
            continue;
        }
        while (dup2(from[i], i) < 0) {
            if (errno != EINTR && errno != EBUSY) {
                return errno;
            }
        }
    }
    return 0;
}

static int edo_spawn_set_group(uint32_t gid) {
#if defined(__linux__)
    return syscall(SYS_setgid, gid) == 0 ? 0 : errno;
#else
    return setgid(gid) == 0 ? 0 : errno;
#endif
}

/* Who was root loses root's further groups. */
static int edo_spawn_set_user(uint32_t uid) {
#if defined(__linux__)
    if (geteuid() == 0 && syscall(SYS_setgroups, 0, NULL) != 0) {
        return errno;
    }
    return syscall(SYS_setuid, uid) == 0 ? 0 : errno;
#else
    if (geteuid() == 0 && setgroups(0, NULL) != 0) {
        return errno;
    }
    return setuid(uid) == 0 ? 0 : errno;
#endif
}

#if defined(__linux__)

/* What getdents64 fills its buffer with. */
struct edo_spawn_entry {
    uint64_t inode;
    int64_t next;
    uint16_t length;
    uint8_t type;
    char name[];
};

/* Returns whether there was a list to go by. */
static int edo_spawn_close_listed(int keep) {
    int list = open("/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (list < 0) {
        return 0;
    }
    _Alignas(8) char entries[2048];
    for (;;) {
        long bytes = syscall(SYS_getdents64, list, entries, sizeof(entries));
        if (bytes <= 0) {
            close(list);
            return bytes == 0;
        }
        for (long at = 0; at < bytes;) {
            struct edo_spawn_entry *entry = (struct edo_spawn_entry *)(entries + at);
            at += entry->length;
            int fd = 0;
            for (const char *digit = entry->name; *digit >= '0' && *digit <= '9'; digit++) {
                fd = fd * 10 + (*digit - '0');
            }
            if (fd >= FIRST_OTHER_FD && fd != keep && fd != list) {
                close(fd);
            }
        }
    }
}

static int edo_spawn_close_range(unsigned first, unsigned last) {
    return first > last || syscall(SYS_close_range, first, last, 0) == 0;
}

#endif

/* The JVM and its libraries have descriptors that are not closed on exec. */
static void edo_spawn_close_others(int keep, uint32_t options) {
#if defined(__linux__)
    if (!(options & EDO_SPAWN_WALK)
        && edo_spawn_close_range(FIRST_OTHER_FD, (unsigned)keep - 1)
        && edo_spawn_close_range((unsigned)keep + 1, ~0U)) {
        return;
    }
    if (edo_spawn_close_listed(keep)) {
        return;
    }
#else
    (void)options;
#endif
    for (int fd = FIRST_OTHER_FD, end = getdtablesize(); fd < end; fd++) {
        if (fd != keep) {
            close(fd);
        }
    }
}

/* Those that are ignored stay so. */
static void edo_spawn_reset_signals(void) {
    for (int number = 1; number < SIGNALS; number++) {
        struct sigaction action;
        if (sigaction(number, NULL, &action) == 0 && action.sa_handler != SIG_DFL
            && action.sa_handler != SIG_IGN) {
            memset(&action, 0, sizeof(action));
            action.sa_handler = SIG_DFL;
            sigaction(number, &action, NULL);
        }
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Tries one file after the other, as execvp does. Returns only if none can be run. */
static int edo_spawn_exec(const struct edo_spawn *request) {
    char *const *arguments = (char *const *)(uintptr_t)request->arguments;
    char *const *environment = request->environment != 0
        ? (char *const *)(uintptr_t)request->environment : ENVIRONMENT;
    int error = ENOENT;
    int is_denied = 0;
    for (char *const *path = (char *const *)(uintptr_t)request->paths; *path != NULL; path++) {
        execve(*path, arguments, environment);
        error = errno;
        if (error == ENOEXEC) {
            char **shell = (char **)(uintptr_t)request->shell;
            shell[1] = *path;
            execve(SHELL, shell, environment);
            return errno;
        }
        if (error == EACCES) {
            is_denied = 1;
        } else if (error != ENOENT && error != ENOTDIR && error != ESTALE && error != ENODEV
                   && error != ETIMEDOUT) {
            return error;
        }
    }
    return is_denied ? EACCES : error;
}

static _Noreturn void edo_spawn_child(const struct edo_spawn *request, int report) {
    int error = edo_spawn_place_stdio(request->stdio);
    if (error != 0) {
        edo_spawn_fail(report, EDO_SPAWN_STEP_STDIO, error);
    }
    if ((request->options & EDO_SPAWN_GID) && (error = edo_spawn_set_group(request->gid)) != 0) {
        edo_spawn_fail(report, EDO_SPAWN_STEP_GID, error);
    }
    if ((request->options & EDO_SPAWN_UID) && (error = edo_spawn_set_user(request->uid)) != 0) {
        edo_spawn_fail(report, EDO_SPAWN_STEP_UID, error);
    }
    if (request->directory != 0 && chdir((const char *)(uintptr_t)request->directory) != 0) {
        edo_spawn_fail(report, EDO_SPAWN_STEP_DIRECTORY, errno);
    }
    if ((request->options & EDO_SPAWN_GROUP) && setpgid(0, request->group) != 0) {
        edo_spawn_fail(report, EDO_SPAWN_STEP_GROUP, errno);
    }
    edo_spawn_close_others(report, request->options);
    edo_spawn_reset_signals();
    edo_spawn_fail(report, EDO_SPAWN_STEP_EXEC, edo_spawn_exec(request));
}

/* In the parent */

/* vfork returns twice on one stack: nothing but this may stand on it. */
static __attribute__((noinline)) pid_t edo_spawn_fork(const struct edo_spawn *request,
                                                      int report) {
#if defined(__linux__)
    pid_t pid = request->options & (EDO_SPAWN_UID | EDO_SPAWN_GID) ? fork() : vfork();
#else
    pid_t pid = fork();
#endif
    if (pid == 0) {
        edo_spawn_child(request, report);
    }
    return pid;
}

/* A pipe that is closed on exec, out of the way of the standard streams. */
static int edo_spawn_report_pipe(int ends[2]) {
#if defined(__linux__)
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return -errno;
    }
#else
    if (pipe(ends) != 0) {
        return -errno;
    }
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
#endif
    if (ends[1] < FIRST_OTHER_FD) {
        int moved = fcntl(ends[1], F_DUPFD_CLOEXEC, FIRST_OTHER_FD);
        int error = errno;
        close(ends[1]);
        if (moved < 0) {
            close(ends[0]);
            return -error;
        }
        ends[1] = moved;
    }
    return 0;
}

/* Where SIGCHLD is ignored the kernel keeps no status of a child. The JDK ends that, too. */
static void edo_spawn_keep_statuses(void) {
    struct sigaction action;
    if (sigaction(SIGCHLD, NULL, &action) == 0 && action.sa_handler == SIG_IGN) {
        memset(&action, 0, sizeof(action));
        action.sa_handler = SIG_DFL;
        sigaction(SIGCHLD, &action, NULL);
    }
}

/* A number that is not open would become that of the report, which the child then kept open. */
static int edo_spawn_check_stdio(const int32_t *stdio) {
    for (int i = 0; i < FIRST_OTHER_FD; i++) {
        if (stdio[i] >= 0 && fcntl(stdio[i], F_GETFD) < 0) {
            return -errno;
        }
    }
    return 0;
}

static void edo_spawn_bury(pid_t pid) {
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {
    }
}

int edo_spawn_start(struct edo_spawn *request) {
    request->pid = -1;
    request->step = EDO_SPAWN_STEP_STDIO;
    int error = edo_spawn_check_stdio(request->stdio);
    if (error != 0) {
        return error;
    }
    request->step = EDO_SPAWN_STEP_FORK;
    int report[2];
    error = edo_spawn_report_pipe(report);
    if (error != 0) {
        return error;
    }
    edo_spawn_keep_statuses();
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t pid = edo_spawn_fork(request, report[1]);
    int fork_error = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(report[1]);
    if (pid < 0) {
        close(report[0]);
        return -fork_error;
    }
    struct edo_spawn_failure failure = {.error = 0, .step = 0};
    ssize_t bytes;
    do {
        bytes = read(report[0], &failure, sizeof(failure));
    } while (bytes < 0 && errno == EINTR);
    close(report[0]);
    if (bytes != 0) {
        if (bytes != sizeof(failure)) { /* it cannot be; then nobody knows what the child does */
            kill(pid, SIGKILL);
            failure.error = EIO;
            failure.step = EDO_SPAWN_STEP_FORK;
        }
        edo_spawn_bury(pid);
        request->step = failure.step;
        return -failure.error;
    }
    request->pid = pid;
    return 0;
}

int64_t edo_spawn_reap(int32_t pid) {
    if (pid <= 0) {
        return -EINVAL; /* all children, or a group, some of which are the JDK's */
    }
    int status = 0;
    pid_t reaped;
    do {
        reaped = waitpid(pid, &status, WNOHANG);
    } while (reaped < 0 && errno == EINTR);
    if (reaped < 0) {
        return -errno;
    }
    return reaped == 0 ? 0 : INT64_C(1) << 32 | (uint32_t)status;
}

int edo_spawn_pidfd(int32_t pid) {
#if defined(__linux__)
    long fd = syscall(SYS_pidfd_open, pid, 0);
    return fd < 0 ? -errno : (int)fd;
#else
    (void)pid;
    return -ENOSYS;
#endif
}

int edo_spawn_kill(int32_t pid, int32_t signal) {
    if (pid <= 0) {
        return -EINVAL;
    }
    return kill(pid, signal) == 0 ? 0 : -errno;
}
