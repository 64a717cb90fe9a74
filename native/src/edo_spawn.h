/* Starting other programs, and learning how they ended. */
#ifndef EDO_SPAWN_H
#define EDO_SPAWN_H

#include "edo_abi.h"

/*
 * Starts a program in a child process and returns when that has become the program, or could not:
 * until then the calling thread waits, on Linux in vfork unless ids are to be changed.
 *
 * Returns 0 and sets pid, or -errno and sets step to what failed. Then there is no child, and no
 * descriptor is left open.
 */
int edo_spawn_start(struct edo_spawn *request);

/* Asks whether a child of this process has ended, without waiting: 0 if not; 1 << 32 | status, as
   waitpid gives it, if so, from when on the pid is no longer its; or -errno. */
int64_t edo_spawn_reap(int32_t pid);

/* A descriptor that can be read when a child has ended, closed on exec; or -errno: not every kernel
   has them. */
int edo_spawn_pidfd(int32_t pid);

/* Sends a signal to one process. Returns 0 or -errno. */
int edo_spawn_kill(int32_t pid, int32_t signal);

/* The environment of this process: the address of an array of strings with a null at its end. */
uint64_t edo_spawn_environment(void);

#endif
