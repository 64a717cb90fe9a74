package dev.edo.impl.natives;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The comparison of the two layouts. */
class AbiTest {

    private static int[] expected() {
        return Abi.EXPECTED.stream().mapToInt(Abi.Entry::value).toArray();
    }

    private static String refusal(int[] described) {
        return assertThrows(NativeLibraryException.class, () -> Abi.check(described, "/some/lib"))
                .getMessage();
    }

    @Test
    void acceptsTheSameLayout() {
        Abi.check(expected(), "/some/lib");
    }

    @Test
    void acceptsTheLibraryOfThisBuild() {
        NativeLibrary.ensureLoaded();
        Abi.check(Abi.describe(), "this build");
    }

    @Test
    void namesEachDifferenceThatThereCanBe() {
        for (int i = 0; i < Abi.EXPECTED.size(); i++) {
            int[] described = expected();
            described[i]++;

            String message = refusal(described);

            String name = Abi.EXPECTED.get(i).name();
            assertTrue(message.contains("library has " + name + "="), message);
            assertTrue(message.contains("library=/some/lib"), message);
            assertTrue(message.contains("edo-bom"), message);
        }
    }

    @Test
    void refusesALibraryThatSaysLessOrMore() {
        int[] expected = expected();

        assertTrue(refusal(Arrays.copyOf(expected, expected.length - 1)).contains("describes"));
        assertTrue(refusal(Arrays.copyOf(expected, expected.length + 1)).contains("describes"));
    }
}
