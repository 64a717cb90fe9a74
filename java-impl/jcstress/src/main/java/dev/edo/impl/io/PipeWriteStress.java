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

/** One writes into a full pipe while the other reads what is in it. */
@JCStressTest
@Outcome(id = "1, 7, false", expect = Expect.ACCEPTABLE, desc = "Read before the look.")
@Outcome(id = "1, 7, true", expect = Expect.ACCEPTABLE, desc = "Registered, and found room after all.")
@Outcome(id = "-2, 7, true", expect = Expect.ACCEPTABLE, desc = "Read after it; the writer was woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up, or a byte written over another.")
@State
public class PipeWriteStress {
    private final Simplex pipe = Io.simplex(1);
    private final StressedSide side = new StressedSide();

    /** Fills the pipe. */
    public PipeWriteStress() {
        int unused = write((byte) 7);
    }

    private int write(byte value) {
        try {
            return pipe.writer().pollWrite(side.cx, ByteBuffer.wrap(new byte[] {value}));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Actor
    public void writes(IIZ_Result result) {
        result.r1 = write((byte) 8);
    }

    @Actor
    public void reads(IIZ_Result result) {
        var dst = ByteBuffer.allocate(1);
        try {
            int unused = pipe.reader().pollRead(new StressedSide().cx, dst);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        result.r2 = dst.get(0);
    }

    @Arbiter
    public void after(IIZ_Result result) {
        result.r3 = side.woken;
    }
}
