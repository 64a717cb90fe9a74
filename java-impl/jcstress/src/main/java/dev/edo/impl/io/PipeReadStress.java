package dev.edo.impl.io;

import dev.edo.io.Io;
import dev.edo.io.Simplex;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIZ_Result;

/** One reads while the other writes a byte and ends the stream. */
@JCStressTest
@Outcome(id = "1, 7, false", expect = Expect.ACCEPTABLE, desc = "Written before the look.")
@Outcome(id = "1, 7, true", expect = Expect.ACCEPTABLE, desc = "Registered, and found it after all.")
@Outcome(id = "-2, 0, true", expect = Expect.ACCEPTABLE, desc = "Written after it; the reader was woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up, a byte out of nowhere, or the end before the byte.")
@State
public class PipeReadStress {
    private final Simplex pipe = Io.simplex(1);
    private final StressedSide side = new StressedSide();

    @Actor
    public void reads(IIZ_Result result) {
        var dst = ByteBuffer.allocate(1);
        try {
            result.r1 = pipe.reader().pollRead(side.cx, dst);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        result.r2 = dst.get(0);
    }

    @Actor
    public void writes() {
        try {
            int unused = pipe.writer().pollWrite(new StressedSide().cx, ByteBuffer.wrap(new byte[] {7}));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        pipe.writer().close();
    }

    @Arbiter
    public void after(IIZ_Result result) {
        result.r3 = side.woken;
    }
}
