package dev.edo.spi;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The tests of the API have no implementation beside them. */
class EdoProviderTest {
    @Test
    void withoutAnImplementationEachUseSaysWhatToAdd() {
        for (int use = 1; use <= 2; use++) {
            var message = assertThrows(IllegalStateException.class, EdoProvider::get).getMessage();
            assertTrue(message.contains("dev.edo:edo"), message);
        }
    }
}
