package dev.edo.impl.sync;

import dev.edo.future.Context;
import dev.edo.impl.scheduler.Effort;
import dev.edo.sync.CancellationToken;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * When {@code cancel} returns, all descendants are cancelled, also those that another thread is
 * busy with or that change their parent meanwhile; and all who wait for them are woken. Cancelling
 * is not atomic on purpose, so nothing is said about the time in between. The tree is a chain,
 * {@code root} to {@code leaf}.
 */
public class CancellationTokenLincheckTest {
    private final CancellationToken root = CancellationToken.create();
    private final CancellationToken upper = root.child();
    private final CancellationToken lower = upper.child();
    private final CancellationToken leaf = lower.child();
    private volatile boolean upperClosed;
    private volatile boolean lowerClosed;
    private volatile boolean leafWoken;
    private volatile @Nullable String broken;
    private volatile @Nullable CancellationToken late;

    public CancellationTokenLincheckTest() throws Exception {
        if (leaf.cancelled().poll(Context.of(() -> leafWoken = true)).isReady()) {
            throw new IllegalStateException("cancelled before anything happened");
        }
    }

    @Operation
    public void cancelRoot() {
        root.cancel();
        expectLeafCancelled("the root");
    }

    @Operation
    public void cancelUpper() {
        boolean open = !upperClosed;
        upper.cancel();
        if (open && !upperClosed) {
            expectLeafCancelled("upper");
        }
    }

    @Operation
    public void cancelLower() {
        boolean open = !lowerClosed;
        lower.cancel();
        if (open && !lowerClosed) {
            expectLeafCancelled("lower");
        }
    }

    @Operation
    public void closeUpper() {
        upperClosed = true;
        upper.close();
    }

    @Operation
    public void closeLower() {
        lowerClosed = true;
        lower.close();
    }

    @Operation(nonParallelGroup = "late")
    public void derive() {
        if (late == null) {
            late = root.child();
        }
    }

    @Operation(nonParallelGroup = "late")
    public void closeLate() {
        var child = late;
        if (child != null && !child.isCancelled()) {
            child.close();
            late = null;
        }
    }

    private void expectLeafCancelled(String cancelled) {
        if (!leaf.isCancelled()) {
            broken = cancelled + " was cancelled, the leaf is not";
        }
    }

    @Validate
    public void allAreCancelledAndWoken() {
        if (broken != null) {
            throw new IllegalStateException(broken);
        }
        if (leaf.isCancelled() != leafWoken) {
            throw new IllegalStateException("cancelled=" + leaf.isCancelled() + " woken=" + leafWoken);
        }
        root.cancel();
        var child = late;
        if (!leaf.isCancelled() || !leafWoken || child != null && !child.isCancelled()) {
            throw new IllegalStateException("the root lost a descendant");
        }
    }

    @Test
    void cancelReachesAll() {
        new ModelCheckingOptions()
                .iterations(Effort.iterations(12))
                .invocationsPerIteration(1_000)
                .threads(3)
                .actorsBefore(0)
                .actorsPerThread(2)
                .actorsAfter(0)
                .verifier(EpsilonVerifier.class)
                .check(CancellationTokenLincheckTest.class);
    }

    @Test
    void cancelReachesAllUnderStress() {
        new StressOptions()
                .iterations(Effort.iterations(8))
                .invocationsPerIteration(2_000)
                .threads(3)
                .actorsBefore(0)
                .actorsPerThread(2)
                .actorsAfter(0)
                .verifier(EpsilonVerifier.class)
                .check(CancellationTokenLincheckTest.class);
    }
}
