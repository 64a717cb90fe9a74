package dev.edo.impl.libc;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The version of an operating system's kernel, as far as features depend on it.
 *
 * @param major 6 of 6.18.44
 * @param minor 18 of 6.18.44
 */
public record KernelVersion(int major, int minor) {
    private static final Pattern NUMBERS = Pattern.compile("^(\\d{1,6})\\.(\\d{1,6})");

    private static final int RELEASE_FIELD = 2;

    /** The kernel that runs this process, as {@code uname} has it: Linux's or Darwin's version. */
    public static KernelVersion current() {
        return Current.VERSION;
    }

    /** Whether this is that version or a later one. */
    public boolean atLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || (major == otherMajor && minor >= otherMinor);
    }

    /** Whether this process runs on Linux, and on that version or a later one. */
    public static boolean isLinuxAtLeast(int major, int minor) {
        return LibC.LINUX && current().atLeast(major, minor);
    }

    /**
     * Reads a release as {@code uname -r} prints it.
     *
     * @param release for example {@code 5.15.0-91-generic}
     * @return the version; 0.0, which is older than anything, when it does not begin with two
     *     numbers
     */
    static KernelVersion parse(String release) {
        var numbers = NUMBERS.matcher(release);
        return numbers.find()
                ? new KernelVersion(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)))
                : new KernelVersion(0, 0);
    }

    private static String release() {
        var utsname = new byte[LibC.UTSNAME_FIELDS * LibC.UTSNAME_FIELD_BYTES];
        if (LibC.FAILURE != null || LibC.uname(utsname) < 0) {
            return System.getProperty("os.version");
        }
        int start = RELEASE_FIELD * LibC.UTSNAME_FIELD_BYTES;
        int end = start;
        while (utsname[end] != 0) {
            end++;
        }
        return new String(utsname, start, end - start, StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }

    /** Read once, at first use. */
    private static final class Current {
        static final KernelVersion VERSION = parse(release());

        private Current() {}
    }
}
