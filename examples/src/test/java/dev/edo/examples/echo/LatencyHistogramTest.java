package dev.edo.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {
    private static final double[] QUANTILES = {0, 0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999, 1};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void quantilesAreAtMostOnePercentAboveTheSortedSamples(long seed) {
        var random = random(seed);
        var samples = random.longs(100_000, 0, 40)
                .map(bits -> random.nextLong(1L << bits, 2L << bits))
                .map(nanos -> Math.min(nanos, (1L << 40) - 1))
                .toArray();
        assertQuantiles(samples);
    }

    @Test
    void quantilesOfALongTailAreAccurate() {
        var random = random(5);
        var samples = random.doubles(200_000)
                .mapToLong(uniform -> (long) (20_000 / Math.pow(1 - uniform, 0.7)))
                .toArray();
        assertQuantiles(samples);
    }

    @Test
    void eachPowerOfTwoAndItsNeighboursAreCountedWithinTheirBucket() {
        for (int bit = 0; bit < 40; bit++) {
            for (long nanos = (1L << bit) - 1; nanos <= (1L << bit) + 1; nanos++) {
                var histogram = new LatencyHistogram();
                histogram.record(nanos);
                histogram.record((1L << 40) - 1);
                long median = histogram.quantileNanos(0.5);
                assertTrue(median >= nanos && median <= nanos + nanos / 100, nanos + " read as " + median);
            }
        }
    }

    @Test
    void smallLatenciesAreExact() {
        var histogram = new LatencyHistogram();
        for (long nanos = 0; nanos < 256; nanos++) {
            histogram.record(nanos);
        }
        for (int rank = 1; rank <= 256; rank++) {
            assertEquals(rank - 1, histogram.quantileNanos(rank / 256.0));
        }
    }

    @Test
    void theLargestLatencyIsExactHoweverLargeItIs() {
        var histogram = new LatencyHistogram();
        histogram.record(12_345_678_901L);
        assertEquals(12_345_678_901L, histogram.quantileNanos(1));
        histogram.record(Long.MAX_VALUE);
        assertEquals(Long.MAX_VALUE, histogram.quantileNanos(1));
        assertEquals(Long.MAX_VALUE, histogram.maxNanos());
    }

    @Test
    void negativeLatenciesCountAsZero() {
        var histogram = new LatencyHistogram();
        histogram.record(-5);
        assertEquals(1, histogram.count());
        assertEquals(0, histogram.quantileNanos(1));
    }

    @Test
    void anEmptyHistogramSaysZero() {
        assertEquals(0, new LatencyHistogram().quantileNanos(0.99));
    }

    @Test
    void histogramsAddUpToTheHistogramOfAllSamples() {
        var random = random(6);
        var one = new LatencyHistogram();
        var other = new LatencyHistogram();
        var all = new LatencyHistogram();
        for (int i = 0; i < 10_000; i++) {
            long nanos = random.nextLong(1L << random.nextInt(1, 40));
            (i % 3 == 0 ? one : other).record(nanos);
            all.record(nanos);
        }
        one.add(other);
        assertEquals(all.count(), one.count());
        for (double quantile : QUANTILES) {
            assertEquals(all.quantileNanos(quantile), one.quantileNanos(quantile));
        }
    }

    @Test
    void quantilesOutsideZeroToOneAreRejected() {
        var histogram = new LatencyHistogram();
        assertThrows(IllegalArgumentException.class, () -> histogram.quantileNanos(99));
        assertThrows(IllegalArgumentException.class, () -> histogram.quantileNanos(Double.NaN));
    }

    private static void assertQuantiles(long[] samples) {
        var histogram = new LatencyHistogram();
        for (long nanos : samples) {
            histogram.record(nanos);
        }
        Arrays.sort(samples);
        assertEquals(samples.length, histogram.count());
        for (double quantile : QUANTILES) {
            int rank = Math.max(1, (int) Math.ceil(quantile * samples.length));
            long exact = samples[rank - 1];
            long read = histogram.quantileNanos(quantile);
            assertTrue(read >= exact && read - exact <= exact / 100.0,
                    "quantile " + quantile + ": " + exact + " read as " + read);
        }
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
