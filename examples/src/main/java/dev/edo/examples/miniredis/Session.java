package dev.edo.examples.miniredis;

import dev.edo.future.Select;
import dev.edo.future.Selected2;
import dev.edo.net.TcpStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection: reads, does all commands that are there, and writes all answers at once. */
final class Session {
    private static final int BUFFER_BYTES = 16 << 10;

    private static final byte[] OK = Reply.ascii("+OK\r\n");
    private static final byte[] PONG = Reply.ascii("+PONG\r\n");
    private static final byte[] EMPTY = new byte[0];
    private static final byte[] EX = Reply.ascii("EX");
    private static final byte[] PX = Reply.ascii("PX");
    private static final byte[] COUNT = Reply.ascii("COUNT");
    private static final byte[] APPENDONLY = Reply.ascii("APPENDONLY");
    private static final byte[] SAVE = Reply.ascii("SAVE");

    private final TcpStream stream;
    private final Store store;
    private final Channels channels;
    private final Reply reply;
    private final Command command = new Command();
    private final Probe probe = new Probe();
    private final Inbox inbox;
    private final LinkedHashSet<Key> subscriptions = new LinkedHashSet<>();
    private ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);

    Session(TcpStream stream, Store store, Channels channels) {
        this.stream = stream;
        this.store = store;
        this.channels = channels;
        reply = new Reply(stream);
        inbox = new Inbox(stream::close);
    }

    /** Serves until the client leaves. */
    void run() throws Exception {
        try {
            boolean goOn = true;
            while (goOn && receive()) {
                goOn = executeAll(in.flip());
                makeRoom();
                reply.flush();
            }
        } finally {
            subscriptions.forEach(channel -> channels.leave(channel, inbox));
        }
    }

    /** Waits for commands and meanwhile passes messages on; returns false at the end of the stream. */
    private boolean receive() throws Exception {
        while (!subscriptions.isEmpty()) {
            switch (Select.of(stream.read(in), inbox.next()).await()) {
                case Selected2.First(var count) -> {
                    return count >= 0;
                }
                case Selected2.Second(var first) -> {
                    passOn(first);
                    reply.flush();
                }
            }
        }
        return stream.read(in).await() >= 0;
    }

    private boolean executeAll(ByteBuffer received) throws IOException {
        try {
            while (command.parse(received)) {
                if (command.words() > 0 && !execute()) {
                    return false;
                }
            }
            return true;
        } catch (ProtocolError e) {
            reply.error("ERR Protocol error: " + e.getMessage());
            return false;
        }
    }

    private void makeRoom() {
        if (in.position() > 0) {
            in.compact();
        } else {
            in.position(in.limit()).limit(in.capacity()); // the beginning of a long command stays where it is
        }
        if (!in.hasRemaining()) {
            in = ByteBuffer.allocateDirect(Math.min(in.capacity() * 2, Command.MAX_BYTES)).put(in.flip());
        } else if (in.position() == 0 && in.capacity() > BUFFER_BYTES) {
            in = ByteBuffer.allocateDirect(BUFFER_BYTES);
        }
    }

    private boolean execute() throws IOException {
        var name = command.name();
        if (name == null) {
            reply.error("ERR unknown command '" + command.text(0) + "'");
        } else if (!name.accepts(command.words())) {
            reply.error("ERR wrong number of arguments for '" + name.lowercase() + "' command");
        } else if (!subscriptions.isEmpty() && !isAllowedWhileSubscribed(name)) {
            reply.error("ERR Can't execute '" + name.lowercase()
                    + "': only SUBSCRIBE / UNSUBSCRIBE / PING / QUIT are allowed in this context");
        } else {
            execute(name);
        }
        return name != CommandName.QUIT;
    }

    private static boolean isAllowedWhileSubscribed(CommandName name) {
        return switch (name) {
            case SUBSCRIBE, UNSUBSCRIBE, PING, QUIT -> true;
            default -> false;
        };
    }

    private void execute(CommandName name) throws IOException {
        switch (name) {
            case PING -> ping();
            case ECHO -> reply.bulk(command, 1);
            case GET -> get();
            case SET -> set();
            case DEL -> reply.integer(count(store::delete));
            case EXISTS -> reply.integer(count(store::contains));
            case INCR -> increment();
            case EXPIRE -> expire();
            case TTL -> timeToLive();
            case PUBLISH -> publish();
            case SUBSCRIBE -> subscribe();
            case UNSUBSCRIBE -> unsubscribe();
            case COMMAND -> describeCommands();
            case CONFIG -> describeConfiguration();
            case QUIT -> reply.raw(OK);
        }
    }

    private void ping() throws IOException {
        if (!subscriptions.isEmpty()) {
            reply.array(2);
            reply.bulk(Reply.ascii("pong"));
            reply.bulk(command.words() == 2 ? command.bytes(1) : EMPTY);
        } else if (command.words() == 2) {
            reply.bulk(command, 1);
        } else {
            reply.raw(PONG);
        }
    }

    private void get() throws IOException {
        var value = store.get(probe.of(command, 1));
        if (value == null) {
            reply.nil();
        } else {
            reply.bulk(value);
        }
    }

    private void set() throws IOException {
        probe.of(command, 1);
        if (command.words() == 3) {
            store.set(probe, command.bytes(2));
            reply.raw(OK);
            return;
        }
        boolean seconds = command.is(3, EX);
        if (command.words() != 5 || !seconds && !command.is(3, PX)) {
            reply.error("ERR syntax error");
            return;
        }
        try {
            long amount = command.number(4);
            var life = seconds ? Duration.ofSeconds(amount) : Duration.ofMillis(amount);
            if (life.isPositive() && life.compareTo(Store.LONGEST_LIFE) <= 0) {
                store.set(probe, command.bytes(2), life);
                reply.raw(OK);
            } else {
                reply.error("ERR invalid expire time in 'set' command");
            }
        } catch (NumberFormatException e) {
            reply.error("ERR " + e.getMessage());
        }
    }

    private interface KeyTest {
        boolean test(Probe key);
    }

    private int count(KeyTest test) {
        int count = 0;
        for (int i = 1; i < command.words(); i++) {
            count += test.test(probe.of(command, i)) ? 1 : 0;
        }
        return count;
    }

    private void increment() throws IOException {
        try {
            reply.integer(store.increment(probe.of(command, 1)));
        } catch (NumberFormatException e) {
            reply.error("ERR " + e.getMessage());
        } catch (ArithmeticException e) {
            reply.error("ERR increment or decrement would overflow");
        }
    }

    private void expire() throws IOException {
        try {
            var life = Duration.ofSeconds(command.number(2));
            if (life.compareTo(Store.LONGEST_LIFE) <= 0) {
                reply.integer(store.expire(probe.of(command, 1), life) ? 1 : 0);
            } else {
                reply.error("ERR invalid expire time in 'expire' command");
            }
        } catch (NumberFormatException e) {
            reply.error("ERR " + e.getMessage());
        }
    }

    private void timeToLive() throws IOException {
        var rest = store.timeToLive(probe.of(command, 1));
        if (rest == null) {
            reply.integer(-2);
        } else {
            reply.integer(rest.isZero() ? -1 : rest.plusMillis(500).toSeconds());
        }
    }

    private void publish() throws IOException {
        var message = Message.of(probe.of(command, 1).toKey(), command.bytes(2));
        reply.integer(channels.publish(message));
    }

    private void subscribe() throws IOException {
        for (int i = 1; i < command.words(); i++) {
            var channel = probe.of(command, i).toKey();
            if (subscriptions.add(channel)) {
                channels.join(channel, inbox);
            }
            confirm("subscribe", channel);
        }
    }

    private void unsubscribe() throws IOException {
        if (command.words() > 1) {
            for (int i = 1; i < command.words(); i++) {
                leave(probe.of(command, i).toKey());
            }
        } else if (!subscriptions.isEmpty()) {
            for (var channel : List.copyOf(subscriptions)) {
                leave(channel);
            }
        } else {
            reply.array(3);
            reply.bulk(Reply.ascii("unsubscribe"));
            reply.nil();
            reply.integer(0);
        }
    }

    private void leave(Key channel) throws IOException {
        if (subscriptions.contains(channel)) {
            channels.leave(channel, inbox);
            passOn(inbox.poll()); // what was published before comes before the confirmation
            subscriptions.remove(channel);
        }
        confirm("unsubscribe", channel);
    }

    /** Writes a message and those behind it, except of channels that were left while somebody published. */
    private void passOn(@Nullable Message first) throws IOException {
        for (var message = first; message != null; message = inbox.poll()) {
            if (subscriptions.contains(message.channel())) {
                reply.raw(message.resp());
            }
        }
    }

    private void confirm(String what, Key channel) throws IOException {
        reply.array(3);
        reply.bulk(Reply.ascii(what));
        reply.bulk(channel.bytes);
        reply.integer(subscriptions.size());
    }

    private void describeCommands() throws IOException {
        if (command.words() > 1 && command.is(1, COUNT)) {
            reply.integer(CommandName.values().length);
        } else {
            reply.array(0);
        }
    }

    private void describeConfiguration() throws IOException {
        if (command.words() == 3 && (command.is(2, SAVE) || command.is(2, APPENDONLY))) {
            reply.array(2);
            reply.bulk(command, 2);
            reply.bulk(command.is(2, SAVE) ? EMPTY : Reply.ascii("no"));
        } else {
            reply.array(0);
        }
    }
}
