package dev.edo.impl.natives;

import java.util.List;
import java.util.Locale;

/**
 * An operating system and processor that there is a native library for.
 *
 * @param classifier of the jar, as in {@code linux-x86_64}
 * @param libraryName the name of the library's file in the jar
 */
record Platform(String classifier, String libraryName) {

    static final List<String> SUPPORTED =
            List.of("linux-x86_64", "linux-aarch_64", "osx-x86_64", "osx-aarch_64");

    /** The platform of this JVM. */
    static Platform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /**
     * The platform with this name and processor, as the JVM spells them.
     *
     * @throws NativeLibraryException if there is no library for it
     */
    static Platform of(String osName, String osArch) {
        String os = switch (osName.toLowerCase(Locale.ROOT)) {
            case "linux" -> "linux";
            case "mac os x", "darwin" -> "osx";
            default -> "";
        };
        String arch = switch (osArch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64", "x86-64" -> "x86_64";
            case "aarch64", "arm64" -> "aarch_64";
            default -> "";
        };
        String classifier = os + "-" + arch;
        if (!SUPPORTED.contains(classifier)) {
            throw new NativeLibraryException("Edo has no native library for this platform: os.name="
                    + osName + ", os.arch=" + osArch + ". Supported: "
                    + String.join(", ", SUPPORTED) + ".");
        }
        return new Platform(
                classifier, "libedo-" + classifier + (os.equals("osx") ? ".dylib" : ".so"));
    }

    /** Where the library lies in its jar. */
    String resource() {
        return "META-INF/native/" + libraryName;
    }
}
