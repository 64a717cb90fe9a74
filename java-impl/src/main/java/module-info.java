/** The implementation of Edo. It exports nothing; {@code dev.edo} finds it as a service. */
module dev.edo.impl {
    requires dev.edo;
    requires static org.jspecify;
    requires jdk.unsupported; // sun.misc.Signal
    requires com.sun.jna;
    requires io.netty.common;
    requires io.netty.buffer;
    requires io.netty.transport;
    requires io.netty.transport.unix.common;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.classes.kqueue;

    provides dev.edo.spi.EdoProvider with
            dev.edo.impl.runtime.Provider;
}
