package dev.edo.impl.driver.io;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** The transitions of the token are atomic, whoever makes them. */
public class WakeTokenLincheckTest {
    private final WakeToken token = new WakeToken();

    @Operation(nonParallelGroup = "polling")
    public String beginWait() {
        return token.beginWait().name();
    }

    @Operation(nonParallelGroup = "polling")
    public void endWait() {
        token.endWait();
    }

    @Operation
    public String notifyOne() {
        return token.notifyOne().name();
    }

    @Test
    void transitionsAreLinearizable() {
        new ModelCheckingOptions()
                .iterations(20)
                .invocationsPerIteration(1_000)
                .threads(3)
                .actorsPerThread(3)
                .check(WakeTokenLincheckTest.class);
    }
}
