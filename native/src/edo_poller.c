#include "edo_poller.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct edo_poller *edo_poller_allocate(uint64_t slots, uint32_t slot_capacity, uint32_t max_events,
                                       size_t event_size) {
    void *memory = NULL;
    if (posix_memalign(&memory, _Alignof(struct edo_poller), sizeof(struct edo_poller)) != 0) {
        return NULL;
    }
    struct edo_poller *poller = memset(memory, 0, sizeof(struct edo_poller));
    poller->backend_fd = -1;
    poller->wake_fd = -1;
    poller->slots = slots;
    poller->slot_capacity = slot_capacity;
    poller->max_events = max_events;
    poller->events = (uintptr_t)calloc(max_events, event_size);
    poller->ready = (uintptr_t)calloc(max_events, sizeof(struct edo_ready));
    if (poller->events == 0 || poller->ready == 0) {
        edo_poller_free(poller);
        return NULL;
    }
    return poller;
}

void edo_poller_free(struct edo_poller *poller) {
    if (poller->wake_fd >= 0) {
        close(poller->wake_fd);
    }
    if (poller->backend_fd >= 0) {
        close(poller->backend_fd);
    }
    free((void *)(uintptr_t)poller->events);
    free((void *)(uintptr_t)poller->ready);
    free(poller);
}
