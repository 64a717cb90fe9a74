package dev.edo.bench.echo;

import dev.edo.bench.peer.Workers;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;

/**
 * Echo on Netty's native transports, as in its own example: write what was read, flush after the
 * last read.
 */
final class NettyEcho {
    private NettyEcho() {}

    static void epoll(int port) throws InterruptedException {
        start(port, EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
    }

    static void ioUring(int port) throws InterruptedException {
        start(port, IoUringIoHandler.newFactory(), IoUringServerSocketChannel.class);
    }

    private static void start(int port, IoHandlerFactory factory, Class<? extends ServerChannel> channel)
            throws InterruptedException {
        new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(Workers.COUNT, factory))
                .channel(channel)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connection) {
                        connection.pipeline().addLast(new Echo());
                    }
                })
                .bind("127.0.0.1", port)
                .sync();
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.write(message, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
