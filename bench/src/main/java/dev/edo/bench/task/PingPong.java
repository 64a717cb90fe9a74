package dev.edo.bench.task;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.Coroutine;
import dev.edo.bench.peer.Countdown;
import dev.edo.bench.peer.EdoMultiThread;
import dev.edo.bench.peer.ForkJoin;
import dev.edo.bench.peer.RunCoroutine;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.sync.Oneshot;
import dev.edo.sync.OneshotReceiver;
import dev.edo.sync.OneshotSender;
import java.util.concurrent.CompletableFuture;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlinx.coroutines.CompletableDeferred;
import kotlinx.coroutines.CompletableDeferredKt;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Tokio's {@code ping_pong}: a task spawns pairs of tasks that send each other one message and its
 * answer, through one oneshot channel each way.
 */
@Workload(value = "mt_ping_pong", group = Group.SWITCH, operation = "pair")
@OperationsPerInvocation(PingPong.PAIRS)
@State(Scope.Benchmark)
public class PingPong {
    static final int PAIRS = 1_000;

    private final Countdown countdown = new Countdown();

    @Benchmark
    public void stackless(EdoMultiThread edo) throws Exception {
        var countdown = this.countdown;
        countdown.start(PAIRS);
        edo.runtime.blockOn(() -> {
            Edo.spawn((Future<@Nullable Void>) cx -> {
                for (int i = 0; i < PAIRS; i++) {
                    Edo.spawn(new Ping(countdown));
                }
                return Poll.ready();
            });
            countdown.await();
        });
    }

    private static final class Ping implements Future<@Nullable Void> {
        private final Countdown countdown;
        private @Nullable OneshotReceiver<@Nullable Void> answer;

        Ping(Countdown countdown) {
            this.countdown = countdown;
        }

        @Override
        public Poll<@Nullable Void> poll(Context cx) throws Exception {
            var waiting = answer;
            if (waiting == null) {
                var there = Oneshot.<@Nullable Void>channel();
                var back = Oneshot.<@Nullable Void>channel();
                Edo.spawn(new Pong(there.receiver(), back.sender()));
                there.sender().send(null);
                waiting = back.receiver();
                answer = waiting;
            }
            if (!waiting.poll(cx).isReady()) {
                return Poll.pending();
            }
            countdown.hit();
            return Poll.ready();
        }
    }

    private static final class Pong implements Future<@Nullable Void> {
        private final OneshotReceiver<@Nullable Void> there;
        private final OneshotSender<@Nullable Void> back;

        Pong(OneshotReceiver<@Nullable Void> there, OneshotSender<@Nullable Void> back) {
            this.there = there;
            this.back = back;
        }

        @Override
        public Poll<@Nullable Void> poll(Context cx) throws Exception {
            if (!there.poll(cx).isReady()) {
                return Poll.pending();
            }
            back.send(null);
            return Poll.ready();
        }
    }

    @Benchmark
    public void direct(EdoMultiThread edo) throws Exception {
        var countdown = this.countdown;
        countdown.start(PAIRS);
        edo.runtime.blockOn(() -> {
            Edo.spawn(() -> {
                for (int i = 0; i < PAIRS; i++) {
                    Edo.spawn(() -> {
                        var there = Oneshot.<@Nullable Void>channel();
                        var back = Oneshot.<@Nullable Void>channel();
                        Edo.spawn(() -> {
                            there.receiver().await();
                            back.sender().send(null);
                        });
                        there.sender().send(null);
                        back.receiver().await();
                        countdown.hit();
                    });
                }
            });
            countdown.await();
        });
    }

    @Benchmark
    public void virtualThreads() throws Exception {
        var countdown = this.countdown;
        countdown.start(PAIRS);
        Thread.startVirtualThread(() -> {
            for (int i = 0; i < PAIRS; i++) {
                Thread.startVirtualThread(() -> {
                    var there = new CompletableFuture<@Nullable Void>();
                    var back = new CompletableFuture<@Nullable Void>();
                    Thread.startVirtualThread(() -> {
                        there.join();
                        back.complete(null);
                    });
                    there.complete(null);
                    back.join();
                    countdown.hit();
                });
            }
        });
        countdown.await();
    }

    @Benchmark
    public void kotlin() throws Exception {
        var countdown = this.countdown;
        countdown.start(PAIRS);
        new RunCoroutine(() -> {
            for (int i = 0; i < PAIRS; i++) {
                new KotlinPing(countdown, null).launch();
            }
        }).launch();
        countdown.await();
    }

    private static final class KotlinPing extends Coroutine {
        private final Countdown countdown;
        private boolean sent;

        KotlinPing(Countdown countdown, @Nullable Continuation<?> completion) {
            super(completion);
            this.countdown = countdown;
        }

        @Override
        protected Coroutine begin(Continuation<?> completion) {
            return new KotlinPing(countdown, completion);
        }

        @Override
        protected Object resume() {
            if (!sent) {
                sent = true;
                var there = CompletableDeferredKt.<Unit>CompletableDeferred(null);
                var back = CompletableDeferredKt.<Unit>CompletableDeferred(null);
                new KotlinPong(there, back, null).launch();
                there.complete(Unit.INSTANCE);
                if (back.await(unit()) == SUSPENDED) {
                    return SUSPENDED;
                }
            }
            countdown.hit();
            return Unit.INSTANCE;
        }
    }

    private static final class KotlinPong extends Coroutine {
        private final CompletableDeferred<Unit> there;
        private final CompletableDeferred<Unit> back;
        private boolean asked;

        KotlinPong(CompletableDeferred<Unit> there, CompletableDeferred<Unit> back,
                @Nullable Continuation<?> completion) {
            super(completion);
            this.there = there;
            this.back = back;
        }

        @Override
        protected Coroutine begin(Continuation<?> completion) {
            return new KotlinPong(there, back, completion);
        }

        @Override
        protected Object resume() {
            if (!asked) {
                asked = true;
                if (there.await(unit()) == SUSPENDED) {
                    return SUSPENDED;
                }
            }
            back.complete(Unit.INSTANCE);
            return Unit.INSTANCE;
        }
    }

    @Benchmark
    public void forkJoin(ForkJoin fj) throws Exception {
        var countdown = this.countdown;
        countdown.start(PAIRS);
        fj.pool.execute(() -> {
            for (int i = 0; i < PAIRS; i++) {
                fj.pool.execute(() -> {
                    var there = new CompletableFuture<@Nullable Void>();
                    var back = new CompletableFuture<@Nullable Void>();
                    fj.pool.execute(() -> there.thenRun(() -> back.complete(null)));
                    there.complete(null);
                    back.thenRun(() -> countdown.hit());
                });
            }
        });
        countdown.await();
    }
}
