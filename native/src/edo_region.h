/* A region: address space that is reserved at once and committed by the kernel page by page, so
   that what lies in it never moves. */
#ifndef EDO_REGION_H
#define EDO_REGION_H

#include <stdint.h>

/* Reserves `bytes` of zeroed memory, aligned to a page. Returns its address or -errno. */
int64_t edo_region_reserve(int64_t bytes);

/* Gives a whole region back. Returns 0 or -errno. */
int edo_region_release(int64_t address, int64_t bytes);

#endif
