package dev.edo.impl.io;

import dev.edo.io.Io;
import dev.edo.io.Simplex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/** One reads while the other closes the reading end. */
@JCStressTest
@Outcome(id = "-9, false", expect = Expect.ACCEPTABLE, desc = "Closed before the look.")
@Outcome(id = "-9, true", expect = Expect.ACCEPTABLE, desc = "Registered, and found it closed after all.")
@Outcome(id = "-2, true", expect = Expect.ACCEPTABLE, desc = "Closed after it; the reader was woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up, or a result out of nowhere.")
@State
public class PipeReadCloseStress {
    private static final int CLOSED = -9;

    private final Simplex pipe = Io.simplex(1);
    private final StressedSide side = new StressedSide();

    @Actor
    public void reads(IZ_Result result) {
        try {
            result.r1 = pipe.reader().pollRead(side.cx, ByteBuffer.allocate(1));
        } catch (ClosedChannelException e) {
            result.r1 = CLOSED;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Actor
    public void closes() {
        pipe.reader().close();
    }

    @Arbiter
    public void after(IZ_Result result) {
        result.r2 = side.woken;
    }
}
