package dev.edo.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.Closeable;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Who closes what was opened for nobody; that nobody else does is tested with files, in runtimes. */
class OpeningFutureTest {
    private int closes;
    private final Closeable resource = () -> closes++;
    private final OpeningFuture<Closeable> opening = new OpeningFuture<>("open", () -> resource);

    @Test
    void callClosesWhatItHasOpenedTooLate() {
        opening.cancel();
        assertThrows(CancellationException.class, () -> opening.handOver(resource));
        assertEquals(1, closes);
        opening.cancel();
        assertEquals(1, closes);
    }

    @Test
    void givingUpClosesWhatHasBeenOpened() throws Exception {
        assertEquals(resource, opening.handOver(resource));
        assertEquals(0, closes);
        opening.cancel();
        opening.cancel();
        assertEquals(1, closes);
    }
}
