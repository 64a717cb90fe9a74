package dev.edo.net;

import java.io.Serial;
import java.nio.file.FileSystemException;

/**
 * A FIFO was opened to be written to while nobody had it open to read from it.
 *
 * <pre>{@code
 * PipeSender log;
 * try {
 *     log = new PipeOptions().openSender(Path.of("/run/my-service.fifo"));
 * } catch (NoReaderException e) {
 *     return; // nobody is listening
 * }
 * }</pre>
 *
 * @see PipeOptions#openSender(java.nio.file.Path)
 */
public final class NoReaderException extends FileSystemException {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * Makes one.
     *
     * @param fifo the path of the FIFO
     */
    public NoReaderException(String fifo) {
        super(fifo, null, "nobody has this FIFO open to read (ENXIO); open the reading end first, try again after a"
                + " while, or on Linux open it with readWrite(true)");
    }
}
