package dev.edo.examples.echo;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ResourceLimitsTest {
    @Test
    void enoughFilesAreEnough() {
        assertDoesNotThrow(() -> ResourceLimits.checkFiles(450, 2, 100, 1000));
    }

    @Test
    void tooFewFilesAreReportedWithTheNumberNeeded() {
        var here = assertThrows(InvalidOption.class, () -> ResourceLimits.checkFiles(451, 2, 100, 1000));
        assertEquals("--connections 451: needs 1002 open files, and this process may have 1000; raise the"
                + " limit (ulimit -n 1002) or run server and load apart (--serve, --connect), or use at"
                + " most 450",
                here.getMessage());
        var apart = assertThrows(InvalidOption.class, () -> ResourceLimits.checkFiles(901, 1, 100, 1000));
        assertEquals("--connections 901: needs 1001 open files, and this process may have 1000; raise the"
                + " limit (ulimit -n 1001), or use at most 900", apart.getMessage());
    }
}
