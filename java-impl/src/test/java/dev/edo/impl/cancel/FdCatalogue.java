package dev.edo.impl.cancel;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.io.PipeEnds;
import dev.edo.io.AsyncFd;
import dev.edo.io.AsyncFdReady;
import dev.edo.io.Interest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Descriptors, here of pipes: readiness stays for whoever asks next. */
final class FdCatalogue extends Catalogue {
    private static final int BYTES = 16;

    private final RuntimeWorld world;

    FdCatalogue(RuntimeWorld world) {
        this.world = world;
        reading("AsyncFd.readable()", AsyncFd::readable, false);
        reading("AsyncFd.ready(Interest)", fd -> fd.ready(Interest.READABLE), false);
        reading("AsyncFd.pollReadReady(Context)", fd -> polled(fd::pollReadReady), true);
        writing("AsyncFd.writable()", AsyncFd::writable, false);
        writing("AsyncFd.ready(Interest): for writing", fd -> fd.ready(Interest.WRITABLE), false);
        writing("AsyncFd.pollWriteReady(Context)", fd -> polled(fd::pollWriteReady), true);
        operation();
    }

    /** What is polled for readiness. */
    @FunctionalInterface
    private interface Readiness {
        @Nullable AsyncFdReady poll(Context cx) throws Exception;
    }

    private static Future<AsyncFdReady> polled(Readiness readiness) {
        return Polled.of(cx -> {
            var ready = readiness.poll(cx);
            return ready == null ? Poll.pending() : Poll.ready(ready);
        }, waker -> {});
    }

    private void reading(String method, Function<AsyncFd, Future<AsyncFdReady>> wait, boolean leavesWaker) {
        add(method, () -> {
            var pipe = PipeEnds.open();
            var fd = world.inWorking(() -> AsyncFd.open(pipe.in().intValue(), Interest.READABLE));
            var scenario = Scenario.of(wait.apply(fd))
                    .wokenBy(() -> expect("written", 3, pipe.write("abc")))
                    .losesNothing(outcome -> {
                        if (outcome.provoked() == 1) {
                            expect("readable", true, soon("readiness", fd.readable()).ready().isReadable());
                        }
                        expect("bytes", outcome.provoked() == 1 ? "abc" : null, pipe.read(BYTES));
                    })
                    .finallyDo(() -> close(fd, pipe));
            return leavesWaker ? scenario.leavesItsWaker() : scenario;
        });
    }

    private void writing(String method, Function<AsyncFd, Future<AsyncFdReady>> wait, boolean leavesWaker) {
        add(method, () -> {
            var pipe = PipeEnds.open();
            var fd = world.inWorking(() -> AsyncFd.open(pipe.out().intValue(), Interest.WRITABLE));
            var ready = soon("an empty pipe", fd.writable());
            pipe.fill();
            ready.clearReady();
            var scenario = Scenario.of(wait.apply(fd))
                    .wokenBy(pipe::drain)
                    .losesNothing(outcome -> {
                        if (outcome.provoked() == 1) {
                            expect("writable", true, soon("readiness", fd.writable()).ready().isWritable());
                        }
                    })
                    .finallyDo(() -> close(fd, pipe));
            return leavesWaker ? scenario.leavesItsWaker() : scenario;
        });
    }

    private void operation() {
        add("AsyncFd.asyncIo(Interest, IoOperation)", () -> {
            var pipe = PipeEnds.open();
            var fd = world.inWorking(() -> AsyncFd.open(pipe.in().intValue(), Interest.READABLE));
            return Scenario.of(fd.asyncIo(Interest.READABLE, () -> pipe.read(BYTES)))
                    .wokenBy(() -> expect("written", 3, pipe.write("abc")))
                    .losesNothing(outcome -> {
                        if (outcome.provoked() > outcome.one()) {
                            expect("bytes", "abc", soon("the bytes",
                                    fd.asyncIo(Interest.READABLE, () -> pipe.read(BYTES))));
                        } else if (outcome.completed()) {
                            expect("bytes", "abc", outcome.value());
                        }
                    })
                    .finallyDo(() -> close(fd, pipe));
        });
    }

    private void close(AsyncFd fd, PipeEnds pipe) throws Exception {
        fd.close();
        pipe.close();
        world.expectNoSlotsInUse();
    }
}
