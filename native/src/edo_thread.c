#include "edo_thread.h"

#include <errno.h>

#if defined(__linux__)
#include <sys/prctl.h>

int edo_thread_set_timer_slack(int64_t nanos) {
    if (nanos < 0) {
        return -EINVAL;
    }
    return prctl(PR_SET_TIMERSLACK, (unsigned long)nanos, 0UL, 0UL, 0UL) == 0 ? 0 : -errno;
}
#else
int edo_thread_set_timer_slack(int64_t nanos) {
    return nanos < 0 ? -EINVAL : 0;
}
#endif
