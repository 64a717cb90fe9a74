package dev.edo.net;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.IoFuture;
import dev.edo.spi.EdoProvider;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Name resolution. Literal addresses are taken as they are; names are looked up on the blocking pool.
 *
 * <pre>{@code
 * for (var address : Lookup.host("localhost:7000").await()) {
 *     IO.println(address);
 * }
 * }</pre>
 */
public final class Lookup {
    private Lookup() {}

    /**
     * Finds the addresses of a host.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @param hostPort as in {@code "127.0.0.1:7000"}, {@code "[::1]:7000"} or {@code "localhost:7000"}
     * @return at least one address; fails with {@link java.net.UnknownHostException} where there is no
     *     such host, and with {@link IllegalStateException} where a name is to be looked up outside a runtime
     * @throws IllegalArgumentException where it is not of this form
     * @see <a href="https://docs.rs/tokio/latest/tokio/net/fn.lookup_host.html">tokio::net::lookup_host</a>
     */
    @CheckReturnValue
    public static IoFuture<List<InetSocketAddress>> host(String hostPort) {
        return EdoProvider.get().net().lookupHost(hostPort);
    }
}
