package dev.edo.impl.signal;

import dev.edo.spi.SignalProvider;
import dev.edo.sync.WatchReceiver;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Signals for the API's static methods. */
public final class SignalProviderImpl implements SignalProvider {
    /** For the provider of everything. */
    public SignalProviderImpl() {}

    @Override
    public int number(String name) {
        return SignalNames.number(name);
    }

    @Override
    public @Nullable String name(int number) {
        return SignalNames.name(number);
    }

    @Override
    public WatchReceiver<?> listen(int number) throws IOException {
        return SignalRegistry.instance().listen(number);
    }
}
