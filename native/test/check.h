/* Checks for the C tests: the first one that fails ends the program. */
#ifndef EDO_CHECK_H
#define EDO_CHECK_H

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define CHECK_EQUAL(expected, actual)                                                              \
    do {                                                                                           \
        int64_t expected_value = (int64_t)(expected);                                              \
        int64_t actual_value = (int64_t)(actual);                                                  \
        if (expected_value != actual_value) {                                                      \
            fprintf(stderr, "%s:%d: %s: expected %" PRId64 " (0x%" PRIx64 "), got %" PRId64        \
                            " (0x%" PRIx64 ")\n",                                                  \
                    __FILE__, __LINE__, #actual, expected_value, (uint64_t)expected_value,         \
                    actual_value, (uint64_t)actual_value);                                         \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)

#define CHECK(condition) CHECK_EQUAL(1, (condition) ? 1 : 0)

/* Runs one test function. A test that hangs is killed by SIGALRM. */
#define RUN(test)                                                                                  \
    do {                                                                                           \
        alarm(120);                                                                                \
        test();                                                                                    \
        printf("  %s\n", #test);                                                                   \
    } while (0)

#endif
