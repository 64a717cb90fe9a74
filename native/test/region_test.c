/* Reserving far more than is ever touched, and the timer slack of a thread. */
#include "check.h"
#include "edo_region.h"
#include "edo_thread.h"

#include <errno.h>

#if defined(__linux__)
#include <sys/prctl.h>
#endif

static void a_region_is_zeroed_and_writable_at_both_ends(void) {
    int64_t bytes = INT64_C(1) << 30;
    int64_t address = edo_region_reserve(bytes);
    CHECK(address > 0);
    CHECK_EQUAL(0, address % 4096);
    volatile char *memory = (char *)(intptr_t)address;
    CHECK_EQUAL(0, memory[0]);
    CHECK_EQUAL(0, memory[bytes - 1]);
    memory[0] = memory[bytes - 1] = 1;
    CHECK_EQUAL(0, edo_region_release(address, bytes));
}

static void an_impossible_region_is_an_error(void) {
    CHECK_EQUAL(-EINVAL, edo_region_reserve(0));
    CHECK_EQUAL(-EINVAL, edo_region_reserve(-1));
    CHECK_EQUAL(-ENOMEM, edo_region_reserve(INT64_MAX / 2));
    CHECK_EQUAL(-EINVAL, edo_region_release(1, 4096));
}

static void timer_slack_is_set_for_the_calling_thread(void) {
    CHECK_EQUAL(-EINVAL, edo_thread_set_timer_slack(-1));
    CHECK_EQUAL(0, edo_thread_set_timer_slack(1));
#if defined(__linux__)
    CHECK_EQUAL(1, prctl(PR_GET_TIMERSLACK));
#endif
}

int main(void) {
    RUN(a_region_is_zeroed_and_writable_at_both_ends);
    RUN(an_impossible_region_is_an_error);
    RUN(timer_slack_is_set_for_the_calling_thread);
    return 0;
}
