#include "edo_opens.h"

#include <stddef.h>

/* Module.implAddOpens is what --add-opens ends in. It is package-private, but access checks are the
   compiler's and reflection's; JNI has none. `target` may be an unnamed module. */
jboolean edo_opens_add(JNIEnv *env, jobject module, jstring package, jobject target) {
    jclass type = (*env)->GetObjectClass(env, module);
    jmethodID add = (*env)->GetMethodID(env, type, "implAddOpens",
                                        "(Ljava/lang/String;Ljava/lang/Module;)V");
    (*env)->DeleteLocalRef(env, type);
    if (add == NULL) {
        (*env)->ExceptionClear(env);
        return JNI_FALSE;
    }
    (*env)->CallVoidMethod(env, module, add, package, target);
    return JNI_TRUE;
}
