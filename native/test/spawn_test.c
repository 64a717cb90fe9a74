/* Starting programs: what they are given, how they end, and how it is told that they cannot run. */
#include "check.h"
#include "edo_spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#if defined(__linux__)
#include <sys/prctl.h>
#endif

#define ADDRESS(pointer) ((uint64_t)(uintptr_t)(pointer))
#define OUTPUT_BYTES 256

static char output[OUTPUT_BYTES];

/* A shell that runs a script, with this process's standard streams. */
struct shell {
    char *paths[2];
    char *arguments[4];
    char *for_scripts[5];
    struct edo_spawn request;
};

static struct edo_spawn *shell(struct shell *shell, char *script) {
    memset(shell, 0, sizeof(*shell));
    shell->paths[0] = "/bin/sh";
    shell->arguments[0] = "sh";
    shell->arguments[1] = "-c";
    shell->arguments[2] = script;
    shell->for_scripts[0] = "/bin/sh";
    struct edo_spawn *request = &shell->request;
    request->paths = ADDRESS(shell->paths);
    request->arguments = ADDRESS(shell->arguments);
    request->shell = ADDRESS(shell->for_scripts);
    for (int i = 0; i < 3; i++) {
        request->stdio[i] = EDO_SPAWN_INHERIT;
    }
    return request;
}

/* Waits without taking the status. */
static void await_end(int32_t pid) {
    siginfo_t info;
    CHECK_EQUAL(0, waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT));
}

static int status_of(int32_t pid) {
    await_end(pid);
    int64_t reaped = edo_spawn_reap(pid);
    CHECK_EQUAL(1, reaped >> 32);
    return (int)reaped;
}

static int open_descriptors(void) {
    int count = 0;
    for (int fd = 0; fd < 256; fd++) {
        count += fcntl(fd, F_GETFD) >= 0;
    }
    return count;
}

/* Runs a script and returns what it writes, in `output`. */
static char *output_of(struct edo_spawn *request) {
    int ends[2];
    CHECK_EQUAL(0, pipe(ends));
    request->stdio[1] = ends[1];
    CHECK_EQUAL(0, edo_spawn_start(request));
    close(ends[1]);
    size_t length = 0;
    ssize_t bytes;
    while ((bytes = read(ends[0], output + length, OUTPUT_BYTES - 1 - length)) > 0) {
        length += (size_t)bytes;
    }
    close(ends[0]);
    output[length] = 0;
    CHECK_EQUAL(0, status_of(request->pid));
    return output;
}

static void a_program_is_started_and_its_status_taken_once(void) {
    struct shell sh;
    struct edo_spawn *request = shell(&sh, "exit 7");
    CHECK_EQUAL(0, edo_spawn_start(request));
    CHECK(request->pid > 0);
    CHECK_EQUAL(7, WEXITSTATUS(status_of(request->pid)));
    CHECK_EQUAL(-ECHILD, edo_spawn_reap(request->pid));
}

static void one_that_runs_has_no_status_yet(void) {
    struct shell sh;
    struct edo_spawn *request = shell(&sh, "exec sleep 100");
    CHECK_EQUAL(0, edo_spawn_start(request));
    CHECK_EQUAL(0, edo_spawn_reap(request->pid));
    CHECK_EQUAL(0, edo_spawn_kill(request->pid, SIGKILL));
    int status = status_of(request->pid);
    CHECK(WIFSIGNALED(status));
    CHECK_EQUAL(SIGKILL, WTERMSIG(status));
}

static void no_status_of_another_child_is_taken(void) {
    pid_t other = fork();
    if (other == 0) {
        _exit(3);
    }
    await_end(other);
    CHECK_EQUAL(-EINVAL, edo_spawn_reap(-1));
    CHECK_EQUAL(-EINVAL, edo_spawn_reap(0));
    CHECK_EQUAL(-EINVAL, edo_spawn_kill(-1, SIGCONT));
    CHECK_EQUAL(-EINVAL, edo_spawn_kill(0, SIGCONT));
    struct shell sh;
    CHECK_EQUAL(0, edo_spawn_start(shell(&sh, ":")));
    CHECK_EQUAL(0, status_of(sh.request.pid));
    CHECK_EQUAL(3, WEXITSTATUS(status_of(other)));
}

static void what_cannot_be_started_leaves_nothing_behind(void) {
    int before = open_descriptors();
    struct shell sh;
    struct edo_spawn *request = shell(&sh, ":");
    sh.paths[0] = "/nonexistent/program";
    CHECK_EQUAL(-ENOENT, edo_spawn_start(request));
    CHECK_EQUAL(EDO_SPAWN_STEP_EXEC, request->step);
    CHECK_EQUAL(-1, request->pid);
    sh.paths[0] = "/";
    CHECK_EQUAL(-EACCES, edo_spawn_start(request));
    CHECK_EQUAL(EDO_SPAWN_STEP_EXEC, request->step);
    sh.paths[0] = "/bin/sh";
    request->directory = ADDRESS("/nonexistent");
    CHECK_EQUAL(-ENOENT, edo_spawn_start(request));
    CHECK_EQUAL(EDO_SPAWN_STEP_DIRECTORY, request->step);
    request->directory = 0;
    request->stdio[2] = 255;
    CHECK_EQUAL(-EBADF, edo_spawn_start(request));
    CHECK_EQUAL(EDO_SPAWN_STEP_STDIO, request->step);
    /* One that is closed, and so the next to be given away. */
    request->stdio[2] = dup(1);
    close(request->stdio[2]);
    CHECK_EQUAL(-EBADF, edo_spawn_start(request));
    CHECK_EQUAL(-1, waitpid(-1, NULL, WNOHANG));
    CHECK_EQUAL(ECHILD, errno);
    CHECK_EQUAL(before, open_descriptors());
}

static void files_are_tried_one_after_the_other(void) {
    char *paths[] = {"/nonexistent/sh", "/dev/null/sh", "/bin/sh", "/", NULL};
    struct shell sh;
    struct edo_spawn *request = shell(&sh, "echo found");
    request->paths = ADDRESS(paths);
    CHECK_EQUAL(0, strcmp("found\n", output_of(request)));
    /* One that may not be run is told of rather than one that is not there. */
    char *denied[] = {"/nonexistent/sh", "/", "/nonexistent/sh", NULL};
    request = shell(&sh, ":");
    request->paths = ADDRESS(denied);
    CHECK_EQUAL(-EACCES, edo_spawn_start(request));
}

static void a_script_without_an_interpreter_is_run_by_a_shell(void) {
    char path[] = "/tmp/edo_spawn_test_XXXXXX";
    int fd = mkstemp(path);
    CHECK(fd >= 0);
    CHECK(write(fd, "echo $1", 7) == 7);
    CHECK_EQUAL(0, fchmod(fd, 0700));
    close(fd);
    struct shell sh;
    struct edo_spawn *request = shell(&sh, NULL);
    sh.paths[0] = path;
    sh.for_scripts[2] = "argument";
    CHECK_EQUAL(0, strcmp("argument\n", output_of(request)));
    unlink(path);
}

static void environment_directory_and_group_are_the_childs(void) {
    char *environment[] = {"GREETING=hello", NULL};
    struct shell sh;
    struct edo_spawn *request = shell(&sh,
        "echo $GREETING; pwd; if test -r /proc/$$/stat; then read -r p n s pp group r < /proc/$$/stat;"
        "else group=$(ps -o pgid= -p $$); fi; test $group -eq $$");
    request->environment = ADDRESS(environment);
    request->directory = ADDRESS("/");
    request->options = EDO_SPAWN_GROUP;
    request->group = 0;
    environment[0] = "GREETING=hello";
    CHECK_EQUAL(0, strncmp("hello\n/\n", output_of(request), 8));

    CHECK_EQUAL(0, setenv("EDO_SPAWN_TEST", "inherited", 1));
    CHECK(edo_spawn_environment() != 0);
    request = shell(&sh, "echo $EDO_SPAWN_TEST");
    CHECK_EQUAL(0, strcmp("inherited\n", output_of(request)));
}

/* Standard output and error change places. */
static void descriptors_may_change_places(void) {
    int ends[2];
    CHECK_EQUAL(0, pipe(ends));
    int kept = dup(2);
    CHECK_EQUAL(2, dup2(ends[1], 2));
    close(ends[1]);
    struct shell sh;
    struct edo_spawn *request = shell(&sh, "echo out; echo err >&2");
    request->stdio[1] = 2;
    request->stdio[2] = 1;
    int kept_out = dup(1);
    int null = open("/dev/null", O_WRONLY);
    dup2(null, 1);
    CHECK_EQUAL(0, edo_spawn_start(request));
    dup2(kept_out, 1);
    dup2(kept, 2);
    close(kept_out);
    close(kept);
    close(null);
    ssize_t bytes = read(ends[0], output, OUTPUT_BYTES);
    CHECK_EQUAL(4, bytes);
    CHECK_EQUAL(0, strncmp("out\n", output, 4));
    CHECK_EQUAL(0, read(ends[0], output, OUTPUT_BYTES));
    close(ends[0]);
    CHECK_EQUAL(0, status_of(request->pid));
}

/* Standard input is closed here: what has its number by now, as an end of a pipe, is another thing. */
static void what_took_the_place_of_a_standard_stream_is_not_inherited(void) {
    int kept = dup(0);
    for (int is_taken = 0; is_taken < 2; is_taken++) {
        close(0);
        if (is_taken) {
            CHECK_EQUAL(0, open("/dev/null", O_RDONLY | O_CLOEXEC));
        }
        struct shell sh;
        struct edo_spawn *request = shell(&sh, "(: 5<&0) 2>/dev/null && exit 1; exit 0");
        int started = edo_spawn_start(request);
        dup2(kept, 0);
        CHECK_EQUAL(0, started);
        CHECK_EQUAL(0, status_of(request->pid));
    }
    close(kept);
}

/* One that is already where it is to go. */
static void a_descriptor_may_keep_its_place(void) {
    int kept = dup(0);
    int null = open("/dev/null", O_RDONLY);
    CHECK_EQUAL(0, dup2(null, 0));
    close(null);
    fcntl(0, F_SETFD, FD_CLOEXEC);
    struct shell sh;
    struct edo_spawn *request = shell(&sh, "(: 5<&0) 2>/dev/null");
    request->stdio[0] = 0;
    int started = edo_spawn_start(request);
    int32_t pid = request->pid;
    close(0);
    int started_without = edo_spawn_start(request);
    dup2(kept, 0);
    close(kept);
    CHECK_EQUAL(0, started);
    CHECK_EQUAL(0, status_of(pid));
    CHECK_EQUAL(-EBADF, started_without);
}

/* A shell tells whether 9 and 200 are open. */
static void other_descriptors_are_closed(uint32_t options) {
    int high = fcntl(1, F_DUPFD, 200);
    int low = fcntl(1, F_DUPFD, 9);
    CHECK_EQUAL(200, high);
    CHECK_EQUAL(9, low);
    struct shell sh;
    struct edo_spawn *request = shell(&sh,
        "for fd in 9 200; do test -e /proc/self/fd/$fd && echo open; done; echo told");
    request->options = options;
    CHECK_EQUAL(0, strcmp("told\n", output_of(request)));
    close(high);
    close(low);
}

static void other_descriptors_are_closed_at_once(void) {
    other_descriptors_are_closed(0);
}

static void other_descriptors_are_closed_one_by_one(void) {
    other_descriptors_are_closed(EDO_SPAWN_WALK);
}

static void never(int number) {
    (void)number;
    _exit(99);
}

/* The child has the defaults and no mask; what this thread blocks, and handles, is as before. */
static void signals_are_reset_in_the_child_only(void) {
    struct sigaction action;
    memset(&action, 0, sizeof(action));
    action.sa_handler = never;
    CHECK_EQUAL(0, sigaction(SIGTERM, &action, NULL));
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    CHECK_EQUAL(0, sigprocmask(SIG_SETMASK, &blocked, NULL));
    struct shell sh;
    struct edo_spawn *request = shell(&sh, "kill -TERM $$; exit 5");
    CHECK_EQUAL(0, edo_spawn_start(request));
    int status = status_of(request->pid);
    CHECK(WIFSIGNALED(status));
    CHECK_EQUAL(SIGTERM, WTERMSIG(status));
    sigset_t now;
    CHECK_EQUAL(0, sigprocmask(SIG_SETMASK, NULL, &now));
    CHECK_EQUAL(1, sigismember(&now, SIGTERM));
    CHECK_EQUAL(0, sigismember(&now, SIGINT));
    CHECK_EQUAL(0, sigaction(SIGTERM, NULL, &action));
    CHECK(action.sa_handler == never);
    signal(SIGTERM, SIG_DFL);
    sigemptyset(&blocked);
    sigprocmask(SIG_SETMASK, &blocked, NULL);
}

static void statuses_are_kept_where_they_were_ignored(void) {
    signal(SIGCHLD, SIG_IGN);
    struct shell sh;
    CHECK_EQUAL(0, edo_spawn_start(shell(&sh, "exit 4")));
    CHECK_EQUAL(4, WEXITSTATUS(status_of(sh.request.pid)));
}

static void ids_are_set(void) {
    struct shell sh;
    struct edo_spawn *request = shell(&sh, "id -u; id -g; id -G");
    request->options = EDO_SPAWN_UID | EDO_SPAWN_GID;
    request->uid = 65534;
    request->gid = 65533;
    if (geteuid() == 0) {
        CHECK_EQUAL(0, strcmp("65534\n65533\n65533\n", output_of(request)));
    } else {
        CHECK_EQUAL(-EPERM, edo_spawn_start(request));
        CHECK_EQUAL(EDO_SPAWN_STEP_GID, request->step);
    }
}

/* The kernel forbids that of memory whose process has changed its ids: the child's, not ours. */
static void parent_may_be_dumped_after_ids_were_set(void) {
#if defined(__linux__)
    CHECK_EQUAL(1, prctl(PR_GET_DUMPABLE));
    struct shell sh;
    struct edo_spawn *request = shell(&sh, ":");
    request->options = EDO_SPAWN_UID | EDO_SPAWN_GID;
    request->uid = 65534;
    request->gid = 65533;
    if (edo_spawn_start(request) == 0) {
        CHECK_EQUAL(0, status_of(request->pid));
    } /* who is not root changes nothing */
    CHECK_EQUAL(1, prctl(PR_GET_DUMPABLE));
#endif
}

static void a_pidfd_can_be_read_when_its_child_has_ended(void) {
#if defined(__linux__)
    struct shell sh;
    struct edo_spawn *request = shell(&sh, "exec sleep 100");
    CHECK_EQUAL(0, edo_spawn_start(request));
    int fd = edo_spawn_pidfd(request->pid);
    if (fd == -ENOSYS || fd == -EPERM) {
        printf("  (no pidfd here)\n");
    } else {
        CHECK(fd >= 0);
        CHECK_EQUAL(FD_CLOEXEC, fcntl(fd, F_GETFD));
        struct pollfd polled = {.fd = fd, .events = POLLIN, .revents = 0};
        CHECK_EQUAL(0, poll(&polled, 1, 0));
        CHECK_EQUAL(0, edo_spawn_kill(request->pid, SIGKILL));
        CHECK_EQUAL(1, poll(&polled, 1, -1));
        close(fd);
    }
    edo_spawn_kill(request->pid, SIGKILL);
    status_of(request->pid);
#endif
}

int main(void) {
    RUN(a_program_is_started_and_its_status_taken_once);
    RUN(one_that_runs_has_no_status_yet);
    RUN(no_status_of_another_child_is_taken);
    RUN(what_cannot_be_started_leaves_nothing_behind);
    RUN(files_are_tried_one_after_the_other);
    RUN(a_script_without_an_interpreter_is_run_by_a_shell);
    RUN(environment_directory_and_group_are_the_childs);
    RUN(descriptors_may_change_places);
    RUN(what_took_the_place_of_a_standard_stream_is_not_inherited);
    RUN(a_descriptor_may_keep_its_place);
    RUN(other_descriptors_are_closed_at_once);
    RUN(other_descriptors_are_closed_one_by_one);
    RUN(signals_are_reset_in_the_child_only);
    RUN(statuses_are_kept_where_they_were_ignored);
    RUN(ids_are_set);
    RUN(parent_may_be_dumped_after_ids_were_set);
    RUN(a_pidfd_can_be_read_when_its_child_has_ended);
    return 0;
}
