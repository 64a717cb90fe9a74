#include "edo_region.h"

#include <errno.h>
#include <stddef.h>
#include <sys/mman.h>

#ifndef MAP_NORESERVE
#define MAP_NORESERVE 0
#endif

int64_t edo_region_reserve(int64_t bytes) {
    if (bytes <= 0) {
        return -EINVAL;
    }
    void *address = mmap(NULL, (size_t)bytes, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANON | MAP_NORESERVE, -1, 0);
    return address == MAP_FAILED ? -errno : (int64_t)(intptr_t)address;
}

int edo_region_release(int64_t address, int64_t bytes) {
    return munmap((void *)(intptr_t)address, (size_t)bytes) == 0 ? 0 : -errno;
}
