/*
 * The door to Java: what dev.edo.impl.natives calls, and nothing else.
 *
 * JNI_OnLoad binds Abi alone. Java compares the layouts first, and only then calls Abi.bind, which
 * binds the other classes: a library of another version is refused before any of its functions is.
 */
#include "edo_abi.h"
#include "edo_opens.h"
#include "edo_poll.h"
#include "edo_region.h"
#include "edo_spawn.h"
#include "edo_thread.h"
#include "edo_uring.h"

#include <jni.h>

#define PACKAGE "dev/edo/impl/natives/"
#define LENGTH(array) ((jint)(sizeof(array) / sizeof((array)[0])))
#define METHOD(name, signature) {(char *)#name, (char *)(signature), (void *)edo_jni_##name}

static struct edo_poller *edo_jni_poller(jlong address) {
    return (struct edo_poller *)(intptr_t)address;
}

/* NativePoller */

static jlong edo_jni_create(JNIEnv *env, jclass type, jlong slots, jint capacity, jint max_events) {
    (void)env;
    (void)type;
    struct edo_poller *poller = NULL;
    int error =
        edo_poll_create((uint64_t)slots, (uint32_t)capacity, (uint32_t)max_events, &poller);
    return error != 0 ? error : (jlong)(intptr_t)poller;
}

static jint edo_jni_destroy(JNIEnv *env, jclass type, jlong poller) {
    (void)env;
    (void)type;
    return edo_poll_destroy(edo_jni_poller(poller));
}

static jint edo_jni_register(JNIEnv *env, jclass type, jlong poller, jint fd, jint index,
                             jint generation, jint interest) {
    (void)env;
    (void)type;
    return edo_poll_register(edo_jni_poller(poller), fd, (uint32_t)index, (uint32_t)generation,
                             (uint32_t)interest);
}

static jint edo_jni_deregister(JNIEnv *env, jclass type, jlong poller, jint fd) {
    (void)env;
    (void)type;
    return edo_poll_deregister(edo_jni_poller(poller), fd);
}

static jint edo_jni_waitEvents(JNIEnv *env, jclass type, jlong poller, jlong timeout_nanos,
                               jlong tick) {
    (void)env;
    (void)type;
    return edo_poll_wait(edo_jni_poller(poller), timeout_nanos, (uint64_t)tick);
}

static jint edo_jni_wake(JNIEnv *env, jclass type, jlong poller) {
    (void)env;
    (void)type;
    return edo_poll_wake(edo_jni_poller(poller));
}

static const JNINativeMethod edo_jni_poller_methods[] = {
    METHOD(create, "(JII)J"),    METHOD(destroy, "(J)I"),      METHOD(register, "(JIIII)I"),
    METHOD(deregister, "(JI)I"), METHOD(waitEvents, "(JJJ)I"), METHOD(wake, "(J)I"),
};

/* NativeMemory */

static jlong edo_jni_reserve(JNIEnv *env, jclass type, jlong bytes) {
    (void)env;
    (void)type;
    return edo_region_reserve(bytes);
}

static jint edo_jni_release(JNIEnv *env, jclass type, jlong address, jlong bytes) {
    (void)env;
    (void)type;
    return edo_region_release(address, bytes);
}

static const JNINativeMethod edo_jni_memory_methods[] = {
    METHOD(reserve, "(J)J"),
    METHOD(release, "(JJ)I"),
};

/* NativeThread */

static jint edo_jni_setTimerSlack(JNIEnv *env, jclass type, jlong nanos) {
    (void)env;
    (void)type;
    return edo_thread_set_timer_slack(nanos);
}

static const JNINativeMethod edo_jni_thread_methods[] = {
    METHOD(setTimerSlack, "(J)I"),
};

/* NativeProcess */

static jint edo_jni_start(JNIEnv *env, jclass type, jlong request) {
    (void)env;
    (void)type;
    return edo_spawn_start((struct edo_spawn *)(intptr_t)request);
}

static jlong edo_jni_reap(JNIEnv *env, jclass type, jint pid) {
    (void)env;
    (void)type;
    return edo_spawn_reap(pid);
}

static jint edo_jni_openPidfd(JNIEnv *env, jclass type, jint pid) {
    (void)env;
    (void)type;
    return edo_spawn_pidfd(pid);
}

static jint edo_jni_kill(JNIEnv *env, jclass type, jint pid, jint signal) {
    (void)env;
    (void)type;
    return edo_spawn_kill(pid, signal);
}

static jlong edo_jni_environment(JNIEnv *env, jclass type) {
    (void)env;
    (void)type;
    return (jlong)edo_spawn_environment();
}

static const JNINativeMethod edo_jni_process_methods[] = {
    METHOD(start, "(J)I"),
    METHOD(reap, "(I)J"),
    METHOD(openPidfd, "(I)I"),
    METHOD(kill, "(II)I"),
    METHOD(environment, "()J"),
};

/* NativeUring */

static struct edo_uring *edo_jni_uring(jlong address) {
    return (struct edo_uring *)(intptr_t)address;
}

static jlong edo_jni_open(JNIEnv *env, jclass type, jint entries, jint completions) {
    (void)env;
    (void)type;
    struct edo_uring *ring = NULL;
    int error = edo_uring_open((uint32_t)entries, (uint32_t)completions, &ring);
    return error != 0 ? error : (jlong)(intptr_t)ring;
}

static jint edo_jni_close(JNIEnv *env, jclass type, jlong ring) {
    (void)env;
    (void)type;
    return edo_uring_close(edo_jni_uring(ring));
}

static jint edo_jni_eventFd(JNIEnv *env, jclass type, jlong ring) {
    (void)env;
    (void)type;
    return edo_uring_event_fd(edo_jni_uring(ring));
}

static jlong edo_jni_operations(JNIEnv *env, jclass type, jlong ring) {
    (void)env;
    (void)type;
    return edo_uring_operations(edo_jni_uring(ring));
}

static jint edo_jni_submit(JNIEnv *env, jclass type, jlong ring, jint operation, jint entry_flags,
                           jint fd, jlong address, jint length, jlong offset, jint flags,
                           jint number) {
    (void)env;
    (void)type;
    return edo_uring_submit(edo_jni_uring(ring), (uint32_t)operation, (uint32_t)entry_flags, fd,
                            (uint64_t)address, (uint32_t)length, (uint64_t)offset, (uint32_t)flags,
                            (uint32_t)number);
}

static jint edo_jni_cancel(JNIEnv *env, jclass type, jlong ring, jint number) {
    (void)env;
    (void)type;
    return edo_uring_cancel(edo_jni_uring(ring), (uint32_t)number);
}

static jlong edo_jni_next(JNIEnv *env, jclass type, jlong ring) {
    (void)env;
    (void)type;
    return edo_uring_next(edo_jni_uring(ring));
}

static jint edo_jni_await(JNIEnv *env, jclass type, jlong ring, jint timeout_millis) {
    (void)env;
    (void)type;
    return edo_uring_await(edo_jni_uring(ring), timeout_millis);
}

static jint edo_jni_closeFd(JNIEnv *env, jclass type, jint fd) {
    (void)env;
    (void)type;
    return edo_uring_close_fd(fd);
}

static const JNINativeMethod edo_jni_uring_methods[] = {
    METHOD(open, "(II)J"),
    METHOD(close, "(J)I"),
    METHOD(eventFd, "(J)I"),
    METHOD(operations, "(J)J"),
    METHOD(submit, "(JIIIJIJII)I"),
    METHOD(cancel, "(JI)I"),
    METHOD(next, "(J)J"),
    METHOD(await, "(JI)I"),
    METHOD(closeFd, "(I)I"),
};

/* ModuleOpener */

static jboolean edo_jni_addOpens(JNIEnv *env, jclass type, jobject module, jstring package,
                                 jobject target) {
    (void)type;
    return edo_opens_add(env, module, package, target);
}

static const JNINativeMethod edo_jni_opener_methods[] = {
    METHOD(addOpens, "(Ljava/lang/Module;Ljava/lang/String;Ljava/lang/Module;)Z"),
};

/* Abi */

/* The order is that of Abi.EXPECTED. */
static const jint edo_jni_layout[] = {
    EDO_ABI_VERSION,
    sizeof(struct edo_slot),
    offsetof(struct edo_slot, readiness),
    offsetof(struct edo_slot, generation),
    offsetof(struct edo_slot, waiting),
    offsetof(struct edo_slot, interest),
    offsetof(struct edo_slot, fd),
    EDO_READINESS_BITS,
    EDO_TICK_BITS,
    EDO_GENERATION_BITS,
    EDO_READY_READABLE,
    EDO_READY_WRITABLE,
    EDO_READY_READ_CLOSED,
    EDO_READY_WRITE_CLOSED,
    EDO_READY_PRIORITY,
    EDO_READY_ERROR,
    sizeof(struct edo_ready),
    offsetof(struct edo_ready, index),
    offsetof(struct edo_ready, ready),
    sizeof(struct edo_poller),
    offsetof(struct edo_poller, backend_fd),
    offsetof(struct edo_poller, wake_fd),
    offsetof(struct edo_poller, slots),
    offsetof(struct edo_poller, slot_capacity),
    offsetof(struct edo_poller, max_events),
    offsetof(struct edo_poller, events),
    offsetof(struct edo_poller, ready),
    offsetof(struct edo_poller, coarse_timeout),
    offsetof(struct edo_poller, turns),
    offsetof(struct edo_poller, seen),
    offsetof(struct edo_poller, published),
    offsetof(struct edo_poller, upcalls),
    offsetof(struct edo_poller, quiet),
    offsetof(struct edo_poller, stale),
    offsetof(struct edo_poller, wakes),
    offsetof(struct edo_poller, dropped),
    sizeof(struct edo_spawn),
    offsetof(struct edo_spawn, paths),
    offsetof(struct edo_spawn, arguments),
    offsetof(struct edo_spawn, shell),
    offsetof(struct edo_spawn, environment),
    offsetof(struct edo_spawn, directory),
    offsetof(struct edo_spawn, stdio),
    offsetof(struct edo_spawn, options),
    offsetof(struct edo_spawn, uid),
    offsetof(struct edo_spawn, gid),
    offsetof(struct edo_spawn, group),
    offsetof(struct edo_spawn, pid),
    offsetof(struct edo_spawn, step),
    EDO_SPAWN_UID,
    EDO_SPAWN_GID,
    EDO_SPAWN_GROUP,
    EDO_SPAWN_WALK,
    EDO_SPAWN_INHERIT,
    EDO_SPAWN_STEP_FORK,
    EDO_SPAWN_STEP_STDIO,
    EDO_SPAWN_STEP_GID,
    EDO_SPAWN_STEP_UID,
    EDO_SPAWN_STEP_DIRECTORY,
    EDO_SPAWN_STEP_GROUP,
    EDO_SPAWN_STEP_EXEC,
};

static jintArray edo_jni_describe(JNIEnv *env, jclass type) {
    (void)type;
    jintArray array = (*env)->NewIntArray(env, LENGTH(edo_jni_layout));
    if (array != NULL) {
        (*env)->SetIntArrayRegion(env, array, 0, LENGTH(edo_jni_layout), edo_jni_layout);
    }
    return array;
}

/* Leaves the exception pending when it fails. */
static jint edo_jni_bind_class(JNIEnv *env, const char *name, const JNINativeMethod *methods,
                               jint count) {
    jclass type = (*env)->FindClass(env, name);
    if (type == NULL) {
        return JNI_ERR;
    }
    jint result = (*env)->RegisterNatives(env, type, methods, count);
    (*env)->DeleteLocalRef(env, type);
    return result;
}

#define BIND(env, name, methods) edo_jni_bind_class(env, PACKAGE name, methods, LENGTH(methods))

static void edo_jni_bind(JNIEnv *env, jclass type) {
    (void)type;
    if (BIND(env, "NativePoller", edo_jni_poller_methods) == JNI_OK
        && BIND(env, "NativeMemory", edo_jni_memory_methods) == JNI_OK
        && BIND(env, "NativeThread", edo_jni_thread_methods) == JNI_OK
        && BIND(env, "NativeProcess", edo_jni_process_methods) == JNI_OK
        && BIND(env, "NativeUring", edo_jni_uring_methods) == JNI_OK) {
        BIND(env, "ModuleOpener", edo_jni_opener_methods);
    }
}

static const JNINativeMethod edo_jni_abi_methods[] = {
    METHOD(describe, "()[I"),
    METHOD(bind, "()V"),
};

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved) {
    (void)reserved;
    JNIEnv *env = NULL;
    if ((*vm)->GetEnv(vm, (void **)&env, JNI_VERSION_1_8) != JNI_OK) {
        return JNI_ERR;
    }
    return BIND(env, "Abi", edo_jni_abi_methods) == JNI_OK ? JNI_VERSION_1_8 : JNI_ERR;
}
