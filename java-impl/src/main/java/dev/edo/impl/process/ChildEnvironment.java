package dev.edo.impl.process;

import dev.edo.impl.natives.NativeLibrary;
import dev.edo.impl.natives.NativeProcess;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environment of children: this process's own, and what is changed in it. Names and values are {@link NativeText}
 * of bytes, so that what has no text in Java passes unharmed.
 */
final class ChildEnvironment {
    private boolean isCleared;

    /** In order; null takes a variable out. */
    private final Map<String, @Nullable String> changes = new LinkedHashMap<>();

    void set(String name, String value) {
        changes.put(encodedName(name), NativeText.ofBytes(NativeText.encode("value of " + name, value)));
    }

    void remove(String name) {
        changes.put(encodedName(name), null);
    }

    void clear() {
        isCleared = true;
        changes.clear();
    }

    private static String encodedName(String name) {
        if (name.isEmpty() || name.indexOf('=') >= 0) {
            throw new IllegalArgumentException("name=" + name + " of a variable is empty or has a =; use another one");
        }
        return NativeText.ofBytes(NativeText.encode("name", name));
    }

    /** {@return whether children have anything but this process's own} */
    boolean isChanged() {
        return isCleared || !changes.isEmpty();
    }

    /** {@return the variables of a child that is started now} */
    Map<String, String> variables() {
        var variables = isCleared ? new LinkedHashMap<String, String>() : own();
        changes.forEach((name, value) -> {
            if (value == null) {
                variables.remove(name);
            } else {
                variables.put(name, value);
            }
        });
        return variables;
    }

    /** Who changes the environment in C meanwhile breaks this as it breaks any other program's {@code getenv}. */
    @SuppressWarnings("restricted") // the memory is C's
    private static LinkedHashMap<String, String> own() {
        NativeLibrary.ensureLoaded();
        var variables = new LinkedHashMap<String, String>();
        // SAFETY: an array of pointers to strings that end with a zero byte, with a null pointer at its end; the C
        // library keeps it alive.
        long address = NativeProcess.environment();
        if (address == 0) {
            return variables;
        }
        var array = MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE);
        for (long at = 0; ; at += Long.BYTES) {
            long entry = array.get(ValueLayout.JAVA_LONG, at);
            if (entry == 0) {
                return variables;
            }
            var text = NativeText.ofBytes(bytes(MemorySegment.ofAddress(entry).reinterpret(Long.MAX_VALUE)));
            int end = text.indexOf('=', 1); // a name may begin with one
            if (end > 0) {
                variables.putIfAbsent(text.substring(0, end), text.substring(end + 1));
            }
        }
    }

    private static byte[] bytes(MemorySegment string) {
        long length = 0;
        while (string.get(ValueLayout.JAVA_BYTE, length) != 0) {
            length++;
        }
        return string.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }
}
