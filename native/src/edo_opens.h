/* Opens a package of a Java module to another one, without a command-line flag. */
#ifndef EDO_OPENS_H
#define EDO_OPENS_H

#include <jni.h>

/* Opens `package` of `module` to `target`. False if this JDK has no such method; an exception of
   that method stays pending. */
jboolean edo_opens_add(JNIEnv *env, jobject module, jstring package, jobject target);

#endif
