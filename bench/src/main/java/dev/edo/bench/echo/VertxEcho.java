package dev.edo.bench.echo;

import dev.edo.bench.peer.Workers;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetServerOptions;
import java.util.concurrent.TimeUnit;

/** Echo on Vert.x: one verticle for each event loop, on its native transport. */
final class VertxEcho {
    private VertxEcho() {}

    static void start(int port) throws Exception {
        var vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(Workers.COUNT));
        vertx.deployVerticle(() -> new Server(port), new DeploymentOptions().setInstances(Workers.COUNT))
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        if (!vertx.isNativeTransportEnabled()) {
            throw new IllegalStateException(
                    "Vert.x has no native transport here", vertx.unavailableNativeTransportCause());
        }
    }

    private static final class Server extends AbstractVerticle {
        private final int port;

        Server(int port) {
            this.port = port;
        }

        @Override
        public void start(Promise<Void> started) {
            vertx.createNetServer(new NetServerOptions().setTcpNoDelay(true).setAcceptBacklog(1024))
                    .connectHandler(socket -> {
                        socket.handler(socket::write);
                        socket.exceptionHandler(failure -> socket.close());
                    })
                    .listen(port, "127.0.0.1")
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }
}
