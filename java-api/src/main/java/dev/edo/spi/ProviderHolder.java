package dev.edo.spi;

import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Loads the provider at first use and keeps it for good. */
final class ProviderHolder {
    private static final @Nullable EdoProvider PROVIDER = load();

    private ProviderHolder() {}

    /** Throws here: out of the initializer it would be another error, and at the second use a third one. */
    static EdoProvider provider() {
        if (PROVIDER == null) {
            throw new IllegalStateException("no implementation of dev.edo.spi.EdoProvider found;"
                    + " add dev.edo:edo to the class path or module path");
        }
        return PROVIDER;
    }

    private static @Nullable EdoProvider load() {
        var own = ServiceLoader.load(EdoProvider.class, EdoProvider.class.getClassLoader()).findFirst();
        return own.or(() -> ServiceLoader.load(EdoProvider.class).findFirst()).orElse(null);
    }
}
