package dev.edo.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Buckets of histograms: their ranges, and that each duration finds its own. */
class HistogramConfigurationTest {
    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private static DurationRange nanos(long start, long end) {
        return new DurationRange(Duration.ofNanos(start), Duration.ofNanos(end));
    }

    // --- linear

    @Test
    void linearBucketsHaveTheSameWidthAndTheLastNoEnd() {
        var buckets = HistogramConfiguration.linear(Duration.ofNanos(50_000), 3);
        assertEquals(3, buckets.numBuckets());
        assertEquals(nanos(0, 50_000), buckets.bucketRange(0));
        assertEquals(nanos(50_000, 100_000), buckets.bucketRange(1));
        assertEquals(nanos(100_000, Long.MAX_VALUE), buckets.bucketRange(2));
        assertThrows(IndexOutOfBoundsException.class, () -> buckets.bucketRange(3));
        assertThrows(IndexOutOfBoundsException.class, () -> buckets.bucketRange(-1));
    }

    @Test
    void oneLinearBucketTakesEverything() {
        var buckets = HistogramConfiguration.linear(Duration.ofSeconds(Long.MAX_VALUE), 1);
        assertEquals(nanos(0, Long.MAX_VALUE), buckets.bucketRange(0));
        assertEquals(0, buckets.bucketOf(Long.MAX_VALUE));
    }

    // --- log

    @Test
    void defaultsMake119Buckets() {
        assertEquals(119, LogHistogram.builder().build().numBuckets());
    }

    @Test
    void firstLogBucketIsNoWiderThanTheMinimum() {
        var buckets = LogHistogram.builder()
                .maxValue(Duration.ofSeconds(60)).minValue(Duration.ofNanos(100)).maxError(0.25).build();
        assertEquals(119, buckets.numBuckets());
        assertEquals(nanos(0, 96), buckets.bucketRange(0));
        assertEquals(nanos(96, 96 + 16), buckets.bucketRange(1));
        assertEquals(FOREVER, buckets.bucketRange(118).end());
        assertEquals(buckets.bucketRange(118).start(), buckets.maxValue());
    }

    @Test
    void logBucketsOfPrecisionZeroDouble() {
        var buckets = LogHistogram.builder()
                .maxValue(Duration.ofMillis(4)).minValue(Duration.ofNanos(20_000)).precisionExact(0).build();
        assertEquals(10, buckets.numBuckets());
        for (int b = 1; b < 9; b++) {
            var range = buckets.bucketRange(b);
            assertEquals(16_384L << (b - 1), range.end().minus(range.start()).toNanos(), "bucket " + b);
        }
    }

    @Test
    void shortDurationsHaveBucketsOfTheirOwnWithoutAMinimum() {
        var buckets = LogHistogram.builder().minValue(Duration.ofNanos(1)).precisionExact(2).build();
        for (int i = 0; i < 8; i++) {
            assertEquals(i, buckets.bucketOf(i));
        }
        for (int i = 8; i < 16; i++) {
            assertEquals(8 + (i - 8) / 2, buckets.bucketOf(i));
        }
        var fine = LogHistogram.builder().minValue(Duration.ofNanos(1)).precisionExact(9).build();
        assertEquals(1023, fine.bucketOf(1023));
        assertEquals(1024, fine.bucketOf(1024));
        assertEquals(1536, fine.bucketOf(2048));
        assertEquals(1537, fine.bucketOf(2052));
    }

    @Test
    void tooManyBucketsAreRefusedWithTheirNumber() {
        var message = assertThrows(IllegalArgumentException.class,
                () -> LogHistogram.builder().maxError(0.001).maxBuckets(5)).getMessage();
        assertTrue(message.contains("maxBuckets=5") && message.contains("27291"), message);
        assertEquals(119, LogHistogram.builder().maxBuckets(119).numBuckets());
    }

    @Test
    void errorIsRoundedDownToAPowerOfTwoWithinLimits() {
        var longest = Duration.ofHours(1);
        assertEquals(widthOfBucketAt(longest, 0.25), widthOfBucketAt(longest, 0.9));
        assertEquals(widthOfBucketAt(longest, 0.25), 2 * widthOfBucketAt(longest, 0.2));
        assertEquals(widthOfBucketAt(longest, 0.001), widthOfBucketAt(longest, 1e-9));
    }

    private static long widthOfBucketAt(Duration max, double error) {
        var buckets = LogHistogram.builder().maxValue(max).maxError(error).build();
        var range = buckets.bucketRange(buckets.bucketOf(1_000_000_000L));
        return range.end().minus(range.start()).toNanos();
    }

    // --- all

    static Stream<HistogramConfiguration> configurations() {
        var random = new Random(42);
        var logs = Stream.generate(() -> {
            long min = random.nextLong(1, 20_000_000_000L);
            return LogHistogram.builder()
                    .minValue(Duration.ofNanos(min))
                    .maxValue(Duration.ofNanos(min + random.nextLong(1_000_000_000_000L)))
                    .precisionExact(random.nextInt(11))
                    .build();
        });
        var linear = Stream.generate(() -> HistogramConfiguration.linear(
                Duration.ofNanos(random.nextLong(1, Long.MAX_VALUE >>> random.nextInt(60))), random.nextInt(1, 500)));
        return Stream.of(
                logs.limit(200),
                linear.limit(200),
                Stream.of(
                        LogHistogram.builder().maxValue(Duration.ofSeconds(Long.MAX_VALUE)).build(),
                        LogHistogram.builder().maxValue(Duration.ofNanos(1)).minValue(Duration.ofNanos(1)).build(),
                        LogHistogram.builder().minValue(FOREVER).maxValue(FOREVER).precisionExact(10).build()))
                .flatMap(all -> all);
    }

    /** From zero to the end of time without a gap, and each duration is in the bucket whose range it is in. */
    @ParameterizedTest
    @MethodSource("configurations")
    void bucketsFollowEachOther(HistogramConfiguration buckets) {
        long end = 0;
        long width = 0;
        for (int b = 0; b < buckets.numBuckets(); b++) {
            var range = buckets.bucketRange(b);
            assertEquals(end, range.start().toNanos(), "start of bucket " + b);
            end = range.end().toNanos();
            if (range.start().equals(FOREVER)) {
                continue; // beyond what nanoseconds can say
            }
            assertTrue(end > range.start().toNanos(), () -> "empty: " + range);
            assertEquals(b, buckets.bucketOf(range.start().toNanos()), () -> "the first of " + range);
            assertEquals(b, buckets.bucketOf(end - 1), () -> "the last of " + range);
            if (buckets instanceof LogHistogram && b > 1 && b < buckets.numBuckets() - 1 && end < Long.MAX_VALUE) {
                assertTrue(end - range.start().toNanos() >= width, () -> "narrower than the one before: " + range);
                width = end - range.start().toNanos();
                assertEquals(1, Long.bitCount(width), () -> "no power of two: " + range);
            }
        }
        assertEquals(Long.MAX_VALUE, end);
        assertEquals(0, buckets.bucketOf(-1));
    }

    @Test
    void logBucketsKeepWhatWasAskedFor() {
        var random = new Random(7);
        for (int i = 0; i < 500; i++) {
            int p = random.nextInt(11);
            var min = Duration.ofNanos(random.nextLong(1, 1_000_000));
            var max = min.plusNanos(random.nextLong(1, 1_000_000_000_000L));
            var buckets = LogHistogram.builder().minValue(min).maxValue(max).precisionExact(p).build();
            assertTrue(buckets.bucketRange(0).end().compareTo(min) <= 0 || min.toNanos() == 1, buckets::toString);
            assertTrue(buckets.maxValue().compareTo(max) >= 0, buckets::toString);
            int last = buckets.numBuckets() - 2;
            assertTrue(buckets.bucketRange(last).start().compareTo(max) < 0, () -> "one too many: " + buckets);
            var range = buckets.bucketRange(last);
            if (last > 0) {
                long width = range.end().minus(range.start()).toNanos();
                assertTrue(width == 1 || width <= range.start().toNanos() >> p, () -> "too wide: " + range);
            }
        }
    }

    static Stream<Executable> misuses() {
        return Stream.of(
                () -> HistogramConfiguration.linear(Duration.ZERO, 1),
                () -> HistogramConfiguration.linear(Duration.ofNanos(1), 0),
                () -> HistogramConfiguration.linear(Duration.ofNanos(1), 1_000_001),
                () -> LogHistogram.builder().maxError(0),
                () -> LogHistogram.builder().maxError(1),
                () -> LogHistogram.builder().maxError(Double.NaN),
                () -> LogHistogram.builder().precisionExact(-1),
                () -> LogHistogram.builder().precisionExact(11),
                () -> LogHistogram.builder().minValue(Duration.ZERO),
                () -> LogHistogram.builder().maxValue(Duration.ofNanos(-1)),
                () -> LogHistogram.builder().minValue(Duration.ofSeconds(61)).build());
    }

    @ParameterizedTest
    @MethodSource("misuses")
    void badValueIsRefusedWithItsNameAndRange(Executable misuse) {
        var message = assertThrows(IllegalArgumentException.class, misuse).getMessage();
        assertTrue(message.contains("=") && message.contains("; want "), message);
    }
}
