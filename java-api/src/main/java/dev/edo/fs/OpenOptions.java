package dev.edo.fs;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.internal.BlockingCalls;
import dev.edo.spi.FileRing;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a file is to be opened.
 *
 * <pre>{@code
 * var journal = new OpenOptions().append(true).create(true)
 *         .mode(PosixFilePermissions.fromString("rw-------"))
 *         .open(Path.of("journal")).await();
 * }</pre>
 *
 * <p>Nothing is set at first, and a file is opened for reading, writing or appending only when that is.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/fs/struct.OpenOptions.html">tokio::fs::OpenOptions</a>
 */
public final class OpenOptions {
    private static final Set<OpenOption> OF_METHODS = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE,
            StandardOpenOption.APPEND, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.CREATE,
            StandardOpenOption.CREATE_NEW);

    private boolean read;
    private boolean write;
    private boolean append;
    private boolean truncate;
    private boolean create;
    private boolean createNew;
    private List<OpenOption> custom = List.of();
    private @Nullable Set<PosixFilePermission> mode;

    /** Options none of which is set. */
    public OpenOptions() {}

    /**
     * Opens for reading.
     *
     * @param on whether to
     * @return this
     */
    public OpenOptions read(boolean on) {
        read = on;
        return this;
    }

    /**
     * Opens for writing; what is in the file stays unless it is overwritten.
     *
     * @param on whether to
     * @return this
     */
    public OpenOptions write(boolean on) {
        write = on;
        return this;
    }

    /**
     * Opens for writing at the end, wherever that is then: what several processes append does not overlap.
     * The JDK does not open a file for reading and appending at once.
     *
     * @param on whether to
     * @return this
     */
    public OpenOptions append(boolean on) {
        append = on;
        return this;
    }

    /**
     * Empties a file that is opened for writing.
     *
     * @param on whether to
     * @return this
     */
    public OpenOptions truncate(boolean on) {
        truncate = on;
        return this;
    }

    /**
     * Creates the file where there is none; needs writing or appending.
     *
     * @param on whether to
     * @return this
     */
    public OpenOptions create(boolean on) {
        create = on;
        return this;
    }

    /**
     * Creates the file, and fails with {@link java.nio.file.FileAlreadyExistsException} where there is one,
     * be it a symbolic link to nowhere; needs writing or appending. Then {@link #create} and {@link
     * #truncate} do not matter.
     *
     * @param on whether to
     * @return this
     */
    public OpenOptions createNew(boolean on) {
        createNew = on;
        return this;
    }

    /**
     * Says with what permissions a file is created; the process's umask takes some away.
     *
     * @param permissions who may do what; by default all may read and write
     * @return this
     */
    public OpenOptions mode(Set<PosixFilePermission> permissions) {
        mode = Set.copyOf(permissions);
        return this;
    }

    /**
     * Adds options of the JDK's, in the place of those given before: {@link
     * java.nio.file.LinkOption#NOFOLLOW_LINKS}, {@link StandardOpenOption#DSYNC}, and what a file system
     * has of its own.
     *
     * @param options beside those that this class has a method for
     * @return this
     * @throws IllegalArgumentException where this class has a method for one of them
     */
    public OpenOptions custom(OpenOption... options) {
        var given = List.of(options);
        for (var option : given) {
            if (OF_METHODS.contains(option)) {
                throw new IllegalArgumentException("option=" + option + ": use the method of that name");
            }
        }
        custom = given;
        return this;
    }

    /**
     * Opens a file. These options may be changed and used again meanwhile.
     *
     * <p><em>Cancel safety:</em> a cancelled call leaves nothing open; it may have created or emptied the file.
     *
     * @param path where it is
     * @return the file; fails as the JDK does, for instance with {@link java.nio.file.NoSuchFileException}
     * @throws IllegalArgumentException where the options make no sense together
     */
    @CheckReturnValue
    public IoFuture<File> open(Path path) {
        check();
        var options = options();
        FileAttribute<?>[] attributes = mode == null
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)};
        var access = new FileAccess(read, write || append);
        boolean appending = append;
        var onPool = new OpeningFuture<>("open of " + path, () -> {
            var channel = Files.newByteChannel(path, options, attributes);
            var file = new SharedHandle<BlockingFile>(new ChannelFile(channel, path.toString(), appending));
            var identity = FileIdentity.of(path, OpenFileLink.of(channel));
            return new File(file, identity, access, BlockingCalls.OF_CURRENT_RUNTIME);
        });
        if (!custom.isEmpty()) {
            return onPool; // the JDK knows what they mean
        }
        var how = new FileRing.How(read, write, append, truncate && !createNew, create, createNew);
        var permissions = mode;
        return new RingFuture<>(ring -> ring.open(path, how, permissions), (ring, fd) -> {
            if (fd < 0) {
                return null;
            }
            var channel = ring.channel(fd, path, how);
            var file = new SharedHandle<BlockingFile>(new ChannelFile(channel, path.toString(), appending));
            return Poll.ready(new File(file, FileIdentity.ofLinked(path), access, BlockingCalls.OF_CURRENT_RUNTIME));
        }, onPool);
    }

    private void check() {
        if (!read && !write && !append) {
            throw new IllegalArgumentException(this + ": opened for nothing; set read, write or append");
        }
        if (!write && !append && (truncate || create || createNew)) {
            throw new IllegalArgumentException(this + ": nothing can be created or emptied; set write or append");
        }
        if (append && truncate && !createNew) {
            throw new IllegalArgumentException(this + ": what is emptied need not be appended to; set write instead");
        }
        if (append && read) {
            throw new IllegalArgumentException(this + ": the JDK cannot read where it appends; open the file twice");
        }
    }

    private Set<OpenOption> options() {
        var options = new HashSet<OpenOption>(custom);
        add(options, read, StandardOpenOption.READ);
        add(options, write, StandardOpenOption.WRITE);
        add(options, append, StandardOpenOption.APPEND);
        add(options, truncate && !createNew, StandardOpenOption.TRUNCATE_EXISTING);
        add(options, create, StandardOpenOption.CREATE);
        add(options, createNew, StandardOpenOption.CREATE_NEW);
        return options;
    }

    private static void add(Set<OpenOption> options, boolean on, OpenOption option) {
        if (on) {
            options.add(option);
        }
    }

    @Override
    public String toString() {
        return "OpenOptions[read=" + read + ", write=" + write + ", append=" + append + ", truncate=" + truncate
                + ", create=" + create + ", createNew=" + createNew
                + ", mode=" + (mode == null ? "default" : PosixFilePermissions.toString(mode))
                + ", custom=" + custom + "]";
    }
}
