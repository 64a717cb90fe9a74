package dev.edo.impl.cancel;

import dev.edo.sync.Mpsc;
import dev.edo.sync.Oneshot;
import dev.edo.sync.PollSemaphore;
import dev.edo.sync.PollSender;
import dev.edo.sync.Semaphore;
import dev.edo.sync.TryRecv;
import java.util.ArrayList;

/** The {@code poll} methods of channels, polled by hand, and receivers that are futures themselves. */
final class SyncPollCatalogue extends Catalogue {
    SyncPollCatalogue() {
        receivers();
        oneshots();
        senders();
        semaphores();
    }

    private void receivers() {
        add("MpscReceiver.pollRecv(Context)", () -> {
            var channel = Mpsc.<Integer>bounded(4);
            return Scenario.of(Polled.of(channel.receiver()::pollRecv, waker -> {})).leavesItsWaker()
                    .wokenBy(() -> channel.sender().trySend(1))
                    .losesNothing(outcome -> {
                        if (outcome.provoked() > outcome.one()) {
                            expect("message", new TryRecv.Received<>(1), channel.receiver().tryRecv());
                        }
                        expect("capacity", 4, channel.sender().capacity());
                    });
        });
        add("MpscReceiver.pollRecvMany(Context, Collection, int)", () -> {
            var channel = Mpsc.<Integer>bounded(4);
            var buffer = new ArrayList<Integer>();
            return Scenario.of(Polled.of(cx -> channel.receiver().pollRecvMany(cx, buffer, 3), waker -> {}))
                    .leavesItsWaker()
                    .wokenBy(() -> channel.sender().trySend(1))
                    .losesNothing(outcome -> {
                        expect("received", outcome.one(), buffer.size());
                        if (outcome.provoked() > outcome.one()) {
                            expect("message", new TryRecv.Received<>(1), channel.receiver().tryRecv());
                        }
                        expect("capacity", 4, channel.sender().capacity());
                    });
        });
    }

    private void oneshots() {
        add("Oneshot.Channel.receiver()", () -> {
            var channel = Oneshot.<Integer>channel();
            return Scenario.of(channel.receiver())
                    .wokenBy(() -> expect("sent", true, channel.sender().send(1) || channel.sender().isClosed()))
                    .losesNothing(outcome -> {
                        expect("closed", true, channel.sender().isClosed());
                        if (outcome.provoked() == 0) {
                            expect("sent", false, channel.sender().send(2));
                        }
                    });
        });
        add("OneshotSender.pollClosed(Context)", () -> {
            var channel = Oneshot.<Integer>channel();
            return Scenario.of(Polled.of(channel.sender()::pollClosed, waker -> {})).leavesItsWaker()
                    .wokenBy(channel.receiver()::close)
                    .losesNothing(outcome -> expect("sent", outcome.provoked() == 0, channel.sender().send(1)));
        });
    }

    private void semaphores() {
        add("PollSemaphore.pollAcquire(Context)", () -> {
            var permits = new Semaphore(0);
            var semaphore = new PollSemaphore(permits);
            return Scenario.of(Polled.of(semaphore::pollAcquire, waker -> semaphore.abortAcquire()))
                    .wokenBy(() -> permits.addPermits(1))
                    .losesNothing(outcome -> {
                        outcome.closeValue();
                        expect("permits", (long) outcome.provoked(), permits.availablePermits());
                    });
        });
        add("PollSemaphore.pollAcquireMany(Context, long): given a part", () -> {
            var permits = new Semaphore(1);
            var semaphore = new PollSemaphore(permits);
            return Scenario.of(Polled.of(cx -> semaphore.pollAcquireMany(cx, 2), waker -> semaphore.abortAcquire()))
                    .wokenBy(() -> permits.addPermits(1))
                    .losesNothing(outcome -> {
                        outcome.closeValue();
                        expect("permits", 1L + outcome.provoked(), permits.availablePermits());
                    });
        });
    }

    private void senders() {
        add("PollSender.pollReserve(Context)", () -> {
            var channel = Mpsc.<Integer>bounded(1);
            channel.sender().trySend(1);
            var sender = new PollSender<>(channel.sender());
            return Scenario.of(Polled.of(sender::pollReserve, waker -> sender.abortSend()))
                    .wokenBy(() -> channel.receiver().tryRecv())
                    .losesNothing(outcome -> {
                        expect("had reserved", outcome.completed(), sender.abortSend());
                        expect("capacity", outcome.provoked(), channel.receiver().capacity());
                        sender.close();
                        expect("message", outcome.provoked() == 0,
                                channel.receiver().tryRecv() instanceof TryRecv.Received<?>);
                        expect("end", null, now("the end", channel.receiver().recv()));
                    });
        });
    }
}
