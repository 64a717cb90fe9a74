package dev.edo.impl.cancel;

import dev.edo.future.Future;
import dev.edo.net.Pipe;
import dev.edo.process.Child;
import dev.edo.process.Command;
import dev.edo.process.ExitStatus;
import dev.edo.process.Output;
import dev.edo.process.Stdio;
import java.io.IOException;
import java.util.function.Function;

/** Processes: an end stays to be learnt by whoever asks next, and neither a child nor a descriptor is left behind. */
final class ProcessCatalogue extends Catalogue {
    private final RuntimeWorld world;

    ProcessCatalogue(RuntimeWorld world) {
        this.world = world;
        waiting("Child.waitFor()", Child::waitFor, false);
        waiting("Child.waitWithOutput()", Child::waitWithOutput, true);
        killing();
        owning("Command.status()", Command::status, false);
        owning("Command.output()", Command::output, true);
    }

    /** Copies the standard input to the output, until it ends. */
    private static Command cat(Pipe input) throws IOException {
        return Command.of("cat").stdin(Stdio.from(input.receiver()));
    }

    private void close(Pipe input) throws Exception {
        input.close();
        world.expectNoSlotsInUse();
    }

    private static void expectSuccess(Object value) {
        var status = value instanceof Output output ? output.status() : (ExitStatus) value;
        expect("success", true, status.success());
    }

    /**
     * A wait for a child that others have.
     *
     * @param readsOutput whether it is woken by the end of the output as well as by that of the child, or by both at
     *     once
     */
    private void waiting(String method, Function<Child, Future<?>> wait, boolean readsOutput) {
        add(method, () -> {
            var input = world.inWorking(Pipe::open);
            var child = world.inWorking(() -> cat(input).stdout(Stdio.piped()).spawn());
            var scenario = Scenario.of(wait.apply(child));
            return (readsOutput ? scenario.mayEndByItself() : scenario)
                    .wokenBy(() -> input.sender().close())
                    .losesNothing(outcome -> {
                        if (outcome.completed()) {
                            expectSuccess(outcome.value());
                        } else if (outcome.provoked() == 0) {
                            expect("status", null, child.tryWait());
                        }
                        if (outcome.provoked() > 0) {
                            expectSuccess(soon("the end", child.waitFor()));
                        }
                    })
                    .finallyDo(() -> {
                        child.close();
                        soon("the end", child.waitFor());
                        close(input);
                    });
        });
    }

    /** It is the kernel that ends it, whenever it likes. */
    private void killing() {
        add("Child.kill()", () -> {
            var input = world.inWorking(Pipe::open);
            var child = world.inWorking(() -> cat(input).spawn());
            return Scenario.of(child.kill())
                    .wakesByItself()
                    .mayEndByItself()
                    .wokenBy(() -> {})
                    .losesNothing(outcome -> {
                        child.startKill();
                        expect("signal", 9, soon("the end", child.waitFor()).signal().orElseThrow());
                    })
                    .finallyDo(() -> {
                        child.close();
                        close(input);
                    });
        });
    }

    /** A cancelled one kills its child, which lets its pipes go. */
    private void owning(String method, Function<Command, Future<?>> start, boolean readsOutput) {
        add(method, () -> {
            var input = world.inWorking(Pipe::open);
            var future = world.inWorking(() -> start.apply(cat(input)));
            var scenario = Scenario.of(future);
            return (readsOutput ? scenario.mayEndByItself() : scenario)
                    .wokenBy(() -> input.sender().close())
                    .losesNothing(outcome -> {
                        if (outcome.completed()) {
                            expectSuccess(outcome.value());
                        }
                    })
                    .finallyDo(() -> close(input));
        });
    }
}
