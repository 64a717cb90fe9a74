package dev.edo.impl.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the native library and loads it.
 *
 * <p>Implementation note. Order:
 *
 * <ol>
 *   <li>the file that {@code edo.native.path} names; if it is set, nothing else is tried;
 *   <li>the resource of the platform's {@code edo-natives} jar, extracted to the directory that
 *       {@code edo.native.workdir} names; if it is set, nothing else is tried;
 *   <li>the same resource, extracted to the first directory of these from which it can be loaded:
 *       {@code java.io.tmpdir}, the user's cache directory;
 *   <li>the same resource in a memory file (Linux).
 * </ol>
 *
 * <p>A directory may be read-only, full, or mounted {@code noexec}, and the last shows only when
 * the library is loaded: so each place is tried up to the load, and the exception lists them all.
 *
 * @param property a system property
 * @param environment an environment variable
 * @param resource the content of a resource, or null
 * @param loader {@link System#load}
 */
record LibrarySearch(
        Supplier<Platform> platform,
        Function<String, @Nullable String> property,
        Function<String, @Nullable String> environment,
        Function<String, byte @Nullable []> resource,
        Loader loader) {

    /** What maps a library into this process. */
    interface Loader {
        void load(Path library);
    }

    /** A place that the library is put in, to be loaded from there. */
    private interface Extraction {
        Path extract() throws IOException;
    }

    /**
     * Loads the library.
     *
     * @return where it was loaded from
     * @throws NativeLibraryException if it cannot be loaded from anywhere
     */
    Path load() {
        String path = property.apply(NativeLibrary.PATH_PROPERTY);
        return path != null ? loadNamed(Path.of(path).toAbsolutePath()) : loadExtracted();
    }

    private Path loadNamed(Path library) {
        String setting = "-D" + NativeLibrary.PATH_PROPERTY + "=" + library;
        if (!Files.isRegularFile(library)) {
            throw new NativeLibraryException(setting + " does not name a file. It must name Edo's"
                    + " native library itself, not its directory. Correct it, or unset it: then the"
                    + " library is taken from the edo-natives jar.");
        }
        try {
            loader.load(library);
        } catch (IllegalCallerException e) {
            throw nativeAccessDenied(e);
        } catch (UnsatisfiedLinkError e) {
            throw new NativeLibraryException(setting + " cannot be loaded: " + e.getMessage()
                    + ". Name a library built for this platform, or unset it.", e);
        }
        return library;
    }

    private Path loadExtracted() {
        Platform target = platform.get();
        byte[] content = resource.apply(target.resource());
        if (content == null) {
            throw new NativeLibraryException("Edo's native library is missing: there is no "
                    + target.resource() + " on the class path or module path. Add"
                    + " dev.edo:edo-natives with the classifier " + target.classifier()
                    + ", or set -D" + NativeLibrary.PATH_PROPERTY + " to the library's file.");
        }
        String fileName = hashedName(target.libraryName(), content);
        List<String> failures = new ArrayList<>();
        List<Throwable> causes = new ArrayList<>();

        String workdir = property.apply(NativeLibrary.WORKDIR_PROPERTY);
        for (LibraryCache cache : workdir != null ? List.of(named(workdir)) : caches()) {
            Path place = cache.directory().resolve(fileName);
            Path loaded = tryLoad(place.toString(), () -> cache.extract(fileName, content),
                    failures, causes);
            if (loaded != null) {
                return loaded;
            }
        }
        if (workdir == null && target.classifier().startsWith("linux")) {
            Path loaded = tryLoad("memory file", () -> MemoryFile.create(fileName, content),
                    failures, causes);
            if (loaded != null) {
                return loaded;
            }
        }

        NativeLibraryException failure = new NativeLibraryException(
                "Edo's native library could not be loaded from any place:\n"
                + String.join("\n", failures)
                + "\nSet -D" + NativeLibrary.WORKDIR_PROPERTY
                + (workdir == null ? "" : ", now " + workdir + ",") + " to a directory that is writable"
                + " and not mounted noexec, or -D" + NativeLibrary.PATH_PROPERTY
                + " to the library's file.");
        causes.forEach(failure::addSuppressed);
        throw failure;
    }

    private @Nullable Path tryLoad(
            String place, Extraction extraction, List<String> failures, List<Throwable> causes) {
        try {
            Path library = extraction.extract();
            loader.load(library);
            return library;
        } catch (IllegalCallerException e) {
            throw nativeAccessDenied(e);
        } catch (IOException | UnsatisfiedLinkError | UnsupportedOperationException
                | SecurityException e) {
            failures.add("  " + place + ": " + e);
            causes.add(e);
            return null;
        }
    }

    private static LibraryCache named(String workdir) {
        if (workdir.isBlank()) {
            throw new NativeLibraryException("-D" + NativeLibrary.WORKDIR_PROPERTY + "=" + workdir
                    + " names no directory. Name one that is writable and not mounted noexec, or leave it out.");
        }
        return new LibraryCache(Path.of(workdir).toAbsolutePath(), false);
    }

    private List<LibraryCache> caches() {
        List<LibraryCache> caches = new ArrayList<>();
        String temporary = property.apply("java.io.tmpdir");
        if (temporary != null) {
            String user = String.valueOf(property.apply("user.name"));
            caches.add(new LibraryCache(Path.of(temporary).toAbsolutePath()
                    .resolve("edo-natives-" + user.replaceAll("[^A-Za-z0-9_.-]", "_")), true));
        }
        String xdg = environment.apply("XDG_CACHE_HOME");
        String home = property.apply("user.home");
        if (xdg != null && !xdg.isEmpty()) {
            caches.add(new LibraryCache(Path.of(xdg).toAbsolutePath().resolve("edo"), false));
        } else if (home != null) {
            caches.add(new LibraryCache(
                    Path.of(home).toAbsolutePath().resolve(".cache").resolve("edo"), false));
        }
        return caches;
    }

    /** Inserts a hash before the last dot: {@code libedo-linux-x86_64-0123456789abcdef.so}. */
    private static String hashedName(String name, byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            int dot = name.lastIndexOf('.');
            return name.substring(0, dot) + "-" + HexFormat.of().formatHex(digest, 0, 8)
                    + name.substring(dot);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private static NativeLibraryException nativeAccessDenied(IllegalCallerException cause) {
        Module module = NativeLibrary.class.getModule();
        String name = module.isNamed() ? module.getName() : "ALL-UNNAMED";
        return new NativeLibraryException("This JVM forbids native access to Edo. Start it with"
                + " --enable-native-access=" + name + " (or add \"Enable-Native-Access: "
                + "ALL-UNNAMED\" to the manifest of the executable jar). A library cannot grant"
                + " this to itself (JEP 472).", cause);
    }
}
