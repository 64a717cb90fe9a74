package dev.edo.impl.cancel;

import dev.edo.sync.Broadcast;
import dev.edo.sync.BroadcastRecv;
import dev.edo.sync.BroadcastTryRecv;
import dev.edo.sync.CancellationToken;
import dev.edo.sync.Mpsc;
import dev.edo.sync.MpscReceiver;
import dev.edo.sync.Oneshot;
import dev.edo.sync.Semaphore;
import dev.edo.sync.TryRecv;
import dev.edo.sync.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Channels and cancellation tokens. */
final class ChannelCatalogue extends Catalogue {
    ChannelCatalogue() {
        mpscSenders();
        unboundedSenders();
        mpscReceivers();
        oneshot();
        watch();
        broadcast();
        tokens();
    }

    private static List<Integer> drain(MpscReceiver<Integer> receiver) {
        var messages = new ArrayList<Integer>();
        while (receiver.tryRecv() instanceof TryRecv.Received<Integer>(var message)) {
            messages.add(message);
        }
        return messages;
    }

    private void mpscSenders() {
        add("MpscSender.send(Object)", () -> {
            var channel = Mpsc.<Integer>bounded(1);
            channel.sender().trySend(1);
            return Scenario.of(channel.sender().send(2))
                    .wokenBy(() -> channel.receiver().tryRecv())
                    .losesNothing(outcome -> {
                        var expected = new ArrayList<Integer>();
                        if (outcome.provoked() == 0) {
                            expected.add(1);
                        }
                        if (outcome.completed()) {
                            expected.add(2);
                        }
                        expect("messages", expected, drain(channel.receiver()));
                        expect("capacity", 1, channel.sender().capacity());
                    });
        });
        add("MpscSender.send(Object): with another behind it", () -> {
            var channel = Mpsc.<Integer>bounded(1);
            channel.sender().trySend(1);
            var behind = channel.sender().send(3);
            var other = new CountingContext();
            return Scenario.of(LockCatalogue.first(channel.sender().send(2), () -> other.poll(behind)))
                    .wokenBy(() -> channel.receiver().tryRecv())
                    .losesNothing(outcome -> {
                        drain(channel.receiver());
                        if (other.polls() > 0) {
                            now("room for the one behind", behind);
                            expect("messages", List.of(3), drain(channel.receiver()));
                        }
                        expect("capacity", 1, channel.sender().capacity());
                    });
        });
        add("MpscSender.reserve()", () -> {
            var channel = Mpsc.<Integer>bounded(1);
            channel.sender().trySend(1);
            return Scenario.of(channel.sender().reserve())
                    .wokenBy(() -> channel.receiver().tryRecv())
                    .losesNothing(outcome -> {
                        outcome.closeValue();
                        drain(channel.receiver());
                        expect("capacity", 1, channel.sender().capacity());
                        channel.sender().close();
                        expect("end", null, now("the end", channel.receiver().recv()));
                    });
        });
        add("MpscSender.reserveMany(int)", () -> {
            var channel = Mpsc.<Integer>bounded(3);
            channel.sender().trySend(1);
            return Scenario.of(channel.sender().reserveMany(3))
                    .wokenBy(() -> channel.receiver().tryRecv())
                    .losesNothing(outcome -> {
                        outcome.closeValue();
                        drain(channel.receiver());
                        expect("capacity", 3, channel.sender().capacity());
                    });
        });
        add("MpscSender.closed()", () -> {
            var channel = Mpsc.<Integer>bounded(1);
            return Scenario.of(channel.sender().closed())
                    .wokenBy(channel.receiver()::close)
                    .losesNothing(outcome -> {
                        channel.receiver().close();
                        now("the end", channel.sender().closed());
                    });
        });
    }

    private void unboundedSenders() {
        add("UnboundedSender.closed()", () -> {
            var channel = Mpsc.<Integer>unbounded();
            return Scenario.of(channel.sender().closed())
                    .wokenBy(channel.receiver()::close)
                    .losesNothing(outcome -> {
                        channel.receiver().close();
                        now("the end", channel.sender().closed());
                    });
        });
    }

    private void mpscReceivers() {
        add("MpscReceiver.recv(): bounded", () -> {
            var channel = Mpsc.<Integer>bounded(4);
            return Scenario.of(channel.receiver().recv())
                    .wokenBy(() -> channel.sender().trySend(1))
                    .losesNothing(outcome -> {
                        expect("messages", outcome.provoked(), outcome.one() + drain(channel.receiver()).size());
                        expect("capacity", 4, channel.sender().capacity());
                    });
        });
        add("MpscReceiver.recv(): unbounded", () -> {
            var channel = Mpsc.<Integer>unbounded();
            return Scenario.of(channel.receiver().recv())
                    .wokenBy(() -> channel.sender().send(1))
                    .losesNothing(
                    outcome -> expect("messages", outcome.provoked(), outcome.one() + drain(channel.receiver()).size()));
        });
        add("MpscReceiver.recv(): at the end", () -> {
            var channel = Mpsc.<Integer>unbounded();
            return Scenario.of(channel.receiver().recv())
                    .wokenBy(channel.sender()::close)
                    .losesNothing(outcome -> {
                        channel.sender().close();
                        expect("end", null, now("the end", channel.receiver().recv()));
                    });
        });
        add("MpscReceiver.recvMany(Collection, int)", () -> {
            var channel = Mpsc.<Integer>bounded(4);
            var received = new ArrayList<Integer>();
            return Scenario.of(channel.receiver().recvMany(received, 3))
                    .wokenBy(() -> channel.sender().trySend(1))
                    .losesNothing(outcome -> {
                        expect("received", outcome.one(), received.size());
                        expect("messages", outcome.provoked(), received.size() + drain(channel.receiver()).size());
                        expect("capacity", 4, channel.sender().capacity());
                    });
        });
    }

    private void oneshot() {
        add("OneshotReceiver.recv()", () -> {
            var channel = Oneshot.<Integer>channel();
            return Scenario.of(channel.receiver().recv())
                    .wokenBy(() -> expect("sent", true, channel.sender().send(1)))
                    .losesNothing(outcome -> {
                        if (outcome.provoked() == 0 && !outcome.completed()) {
                            expect("sent", true, channel.sender().send(1));
                        }
                        if (!outcome.completed()) {
                            expect("value", 1, now("the value", channel.receiver().recv()));
                        }
                    });
        });
        add("OneshotSender.closed()", () -> {
            var channel = Oneshot.<Integer>channel();
            return Scenario.of(channel.sender().closed())
                    .wokenBy(channel.receiver()::close)
                    .losesNothing(outcome -> {
                        expect("sent", outcome.provoked() == 0, channel.sender().send(1));
                    });
        });
    }

    private void watch() {
        add("WatchReceiver.changed()", () -> {
            var watch = Watch.channel(0);
            return Scenario.of(watch.receiver().changed())
                    .wokenBy(() -> watch.sender().send(1))
                    .losesNothing(outcome -> {
                        expect("unseen", outcome.provoked() > outcome.one(), watch.receiver().hasChanged());
                        watch.sender().send(2);
                        now("the next value", watch.receiver().changed());
                    });
        });
        add("WatchReceiver.waitFor(Predicate)", () -> {
            var watch = Watch.channel(0);
            return Scenario.of(watch.receiver().waitFor(value -> value == 3))
                    .wokenAt(point -> watch.sender().send(point))
                    .losesNothing(outcome -> {
                        watch.sender().send(3);
                        expect("value", 3, now("the value", watch.receiver().waitFor(value -> value == 3)));
                    });
        });
        add("WatchSender.closed()", () -> {
            var watch = Watch.channel(0);
            return Scenario.of(watch.sender().closed())
                    .wokenBy(watch.receiver()::close)
                    .losesNothing(outcome -> {
                        watch.receiver().close();
                        now("the end", watch.sender().closed());
                    });
        });
    }

    private void broadcast() {
        add("BroadcastReceiver.recv()", () -> {
            var channel = Broadcast.<Integer>channel(4);
            return Scenario.of(channel.receiver().recv())
                    .wokenBy(() -> channel.sender().send(1))
                    .losesNothing(outcome -> {
                        int messages = outcome.one();
                        while (channel.receiver().tryRecv() instanceof BroadcastRecv.Received<Integer>) {
                            messages++;
                        }
                        expect("messages", outcome.provoked(), messages);
                        expect("kept", 0, channel.sender().len());
                    });
        });
        add("BroadcastReceiver.recv(): lagging", () -> {
            var channel = Broadcast.<Integer>channel(2);
            return Scenario.of(channel.receiver().recv())
                    .wokenBy(() -> {
                        for (int i = 0; i < 5; i++) {
                            channel.sender().send(i);
                        }
                    })
                    .losesNothing(outcome -> {
                        long seen = outcome.value() instanceof BroadcastRecv.Lagged<?>(long skipped) ? skipped : 0;
                        for (var next = channel.receiver().tryRecv(); !(next instanceof BroadcastTryRecv.Empty<Integer>);
                                next = channel.receiver().tryRecv()) {
                            seen += next instanceof BroadcastRecv.Lagged<?>(long skipped) ? skipped : 1;
                        }
                        expect("messages and what was missed", 5L * outcome.provoked(), seen);
                    });
        });
        add("BroadcastSender.closed()", () -> {
            var channel = Broadcast.<Integer>channel(2);
            return Scenario.of(channel.sender().closed())
                    .wokenBy(channel.receiver()::close)
                    .losesNothing(outcome -> {
                        channel.receiver().close();
                        now("the end", channel.sender().closed());
                    });
        });
    }

    private void tokens() {
        add("CancellationToken.cancelled()", () -> {
            var token = CancellationToken.create();
            var child = token.child();
            return Scenario.of(child.cancelled()).wokenBy(token::cancel).losesNothing(outcome -> {
                expect("cancelled", outcome.provoked() == 1, child.isCancelled());
                token.cancel();
                now("the end", child.cancelled());
            });
        });
        add("CancellationToken.runUntilCancelled(Future): completing", () -> {
            var token = CancellationToken.create();
            var semaphore = new Semaphore(1);
            var held = Objects.requireNonNull(semaphore.tryAcquire());
            return Scenario.of(token.runUntilCancelled(semaphore.acquire().map(permit -> {
                permit.close();
                return "done";
            }))).wokenBy(held::close).losesNothing(outcome -> {
                held.close();
                expect("permits", 1L, semaphore.availablePermits());
            });
        });
        add("CancellationToken.runUntilCancelled(Future): cancelled", () -> {
            var token = CancellationToken.create();
            var semaphore = new Semaphore(1);
            var held = Objects.requireNonNull(semaphore.tryAcquire());
            return Scenario.of(token.runUntilCancelled(semaphore.acquire()))
                    .wokenBy(token::cancel)
                    .losesNothing(outcome -> {
                        held.close();
                        expect("permits", 1L, semaphore.availablePermits());
                    });
        });
    }
}
