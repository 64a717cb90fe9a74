package dev.edo.spi;

import java.util.ServiceLoader;

/** Loads the provider at first use and keeps it for good. */
final class ProviderHolder {
    static final EdoProvider PROVIDER = load();

    private ProviderHolder() {}

    private static EdoProvider load() {
        var own = ServiceLoader.load(EdoProvider.class, EdoProvider.class.getClassLoader()).findFirst();
        return own.or(() -> ServiceLoader.load(EdoProvider.class).findFirst())
                .orElseThrow(() -> new IllegalStateException("no implementation of dev.edo.spi.EdoProvider found;"
                        + " add dev.edo:edo to the class path or module path"));
    }
}
