package dev.edo.examples.chat;

import dev.edo.Edo;
import dev.edo.examples.Program;
import dev.edo.examples.Serving;
import dev.edo.future.Select;
import dev.edo.future.Selected2;
import dev.edo.io.BufReader;
import dev.edo.net.TcpStream;
import dev.edo.sync.Mpsc;
import dev.edo.sync.MpscSendError;
import dev.edo.sync.MpscSender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A chat: what one says all others hear. Come in twice with {@code nc 127.0.0.1 7003}.
 *
 * <p>Each member is one task, which waits for two things at once: its own next line, and what the
 * others said. That comes through a channel with limited room, so one member whose connection is
 * slow holds up nobody: it is thrown out instead.
 */
public final class Chat {
    private static final String HELP = """
            usage: examples/run chat [--serve HOST:PORT]

              --serve HOST:PORT  where to listen  (default 127.0.0.1:7003)
            """;
    private static final int MAX_LINE_BYTES = 4096;
    private static final int MAX_UNREAD_LINES = 256;

    private record Member(TcpStream stream, MpscSender<String> inbox) {}

    private final Map<String, Member> members = new ConcurrentHashMap<>();

    /**
     * Runs the program.
     *
     * @param arguments {@code --serve HOST:PORT}
     * @throws Exception when it cannot run
     */
    public static void main(String[] arguments) throws Exception {
        var chat = new Chat();
        Program.run(HELP, Map.of("--serve", "127.0.0.1:7003"), arguments, given -> Edo.run(() ->
                Serving.serve("chat", given.text("--serve"), chat::serve)));
    }

    void serve(TcpStream stream) throws Exception {
        var lines = new BufReader<>(stream).lines(MAX_LINE_BYTES);
        tell(stream, "What is your name?");
        String given = lines.nextLine().await();
        if (given == null || given.isBlank()) {
            return;
        }
        String name = given.strip();
        var channel = Mpsc.<String>bounded(MAX_UNREAD_LINES);
        var member = new Member(stream, channel.sender());
        if (members.putIfAbsent(name, member) != null) {
            tell(stream, name + " is here already; come back with another name.");
            return;
        }
        try (var inbox = channel.receiver()) {
            tellOthers(name, "* " + name + " has come");
            tell(stream, "Here are: " + String.join(", ", members.keySet()));
            for (;;) {
                switch (Select.of(lines.nextLine(), inbox.recv()).await()) {
                    case Selected2.First(var line) -> {
                        if (line == null) {
                            return;
                        }
                        tellOthers(name, "[" + name + "] " + line);
                    }
                    case Selected2.Second(var line) -> tell(stream, line);
                }
            }
        } finally {
            members.remove(name);
            tellOthers(name, "* " + name + " has left");
        }
    }

    private void tellOthers(String speaker, String line) {
        members.forEach((name, member) -> {
            try {
                if (!name.equals(speaker) && !member.inbox.trySend(line)) {
                    member.stream.close(); // too slow; its task notices
                }
            } catch (MpscSendError e) {
                // it is leaving at this moment
            }
        });
    }

    private static void tell(TcpStream stream, String line) throws IOException {
        stream.writeAll(StandardCharsets.UTF_8.encode(line + "\n")).await();
    }
}
