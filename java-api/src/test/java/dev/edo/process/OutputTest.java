package dev.edo.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputTest {
    @Test
    void textTellsTheEndAndTheSizes() {
        var output = new Output(ExitStatus.fromRaw(1 << 8), "é".getBytes(StandardCharsets.UTF_8), new byte[0]);
        assertEquals("Output[exit code 1, stdout=2 bytes, stderr=0 bytes]", output.toString());
        assertEquals("é", output.stdoutText());
    }
}
