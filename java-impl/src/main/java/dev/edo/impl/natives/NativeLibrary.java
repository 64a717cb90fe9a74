package dev.edo.impl.natives;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Edo's native library in this JVM. {@link #ensureLoaded()} comes before the first native method.
 *
 * @see LibrarySearch where it is looked for
 */
public final class NativeLibrary {

    /** The system property that names the library's file. If set, nothing else is tried. */
    public static final String PATH_PROPERTY = "edo.native.path";
    /**
     * The system property that names the directory the library is extracted to. If set, no other one
     * is tried.
     */
    public static final String WORKDIR_PROPERTY = "edo.native.workdir";

    /** Written under the class's monitor, once, when everything is bound. Read by anyone. */
    private static volatile boolean isLoaded;

    private NativeLibrary() {
    }

    /**
     * Loads the library, unless it is loaded: finds it, compares its layout with this code, and
     * binds the native methods of this package.
     *
     * @throws NativeLibraryException if that is not possible; the message says what to do
     */
    public static void ensureLoaded() {
        if (!isLoaded) {
            load();
        }
    }

    private static synchronized void load() {
        if (isLoaded) {
            return;
        }
        Path library = new LibrarySearch(Platform::current, System::getProperty, System::getenv,
                NativeLibrary::resource, NativeLibrary::map).load();
        Abi.check(Abi.describe(), library.toString());
        Abi.bind();
        isLoaded = true;
    }

    // SAFETY: the library is Edo's own, or the one that the user named; its JNI_OnLoad binds Abi
    // and does nothing else.
    @SuppressWarnings("restricted")
    private static void map(Path library) {
        System.load(library.toString());
    }

    /** Through the class loader: a named module's class sees its own module's resources only. */
    private static byte @Nullable [] resource(String name) {
        ClassLoader loader = NativeLibrary.class.getClassLoader();
        try (InputStream stream = loader == null
                ? ClassLoader.getSystemResourceAsStream(name) : loader.getResourceAsStream(name)) {
            return stream == null ? null : stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("resource=" + name + " cannot be read", e);
        }
    }
}
