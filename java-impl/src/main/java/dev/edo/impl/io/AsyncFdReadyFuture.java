package dev.edo.impl.io;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.impl.driver.io.Readiness;
import dev.edo.impl.driver.io.Registration;
import dev.edo.io.AsyncFdReady;
import dev.edo.io.Interest;
import dev.edo.io.Ready;
import java.io.IOException;

/** Waits until a descriptor is ready. */
final class AsyncFdReadyFuture implements IoFuture<AsyncFdReady> {
    private final Registration registration;
    private final Readiness readiness;
    private final int mask;

    AsyncFdReadyFuture(Registration registration, int interest) {
        this.registration = registration;
        this.readiness = registration.readiness(interest);
        this.mask = Ready.ALL.forInterest(Interest.ofBits(interest)).bits();
    }

    @Override
    public Poll<AsyncFdReady> poll(Context cx) throws IOException {
        long event = readiness.pollEvent(cx);
        return event == Registration.PENDING
                ? Poll.pending()
                : Poll.ready(new AsyncFdReadyImpl(registration, event, mask));
    }

    @Override
    public void cancel() {
        readiness.cancel();
    }
}
