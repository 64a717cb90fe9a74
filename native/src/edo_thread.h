/* The calling thread. */
#ifndef EDO_THREAD_H
#define EDO_THREAD_H

#include <stdint.h>

/* Sets by how much the kernel may delay the timed waits of the calling thread (Linux's default is
   50 us; 0 means that default). Does nothing where the kernel has no such setting. Returns 0 or
   -errno. */
int edo_thread_set_timer_slack(int64_t nanos);

#endif
