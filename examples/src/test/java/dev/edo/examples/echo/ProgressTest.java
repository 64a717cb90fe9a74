package dev.edo.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void aLineTellsTheRateAndOnlyThenMismatchesWhenThereAreSome() {
        assertEquals("   7 s    104,321 requests/s", Progress.line(7, 104_321, 0));
        assertEquals("  12 s          0 requests/s  3 MISMATCHES", Progress.line(12, 0, 3));
    }
}
