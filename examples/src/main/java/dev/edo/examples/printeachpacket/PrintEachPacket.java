package dev.edo.examples.printeachpacket;

import dev.edo.Edo;
import dev.edo.codec.BytesCodec;
import dev.edo.codec.FramedRead;
import dev.edo.examples.Program;
import dev.edo.examples.Serving;
import dev.edo.net.TcpStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;

/**
 * Prints what arrives, piece by piece: TCP carries bytes, not messages, so what is sent at once may
 * arrive in two pieces, and what is sent in two may arrive at once. Send it something: {@code nc
 * 127.0.0.1 7001}.
 */
public final class PrintEachPacket {
    private static final String HELP = """
            usage: examples/run print-each-packet [--serve HOST:PORT]

              --serve HOST:PORT  where to listen  (default 127.0.0.1:7001)
            """;

    private PrintEachPacket() {}

    /**
     * Runs the program.
     *
     * @param arguments {@code --serve HOST:PORT}
     * @throws Exception when it cannot run
     */
    public static void main(String[] arguments) throws Exception {
        Program.run(HELP, Map.of("--serve", "127.0.0.1:7001"), arguments, given -> Edo.run(() -> {
            String address = given.text("--serve");
            Serving.serve("print-each-packet", address, stream -> print(stream, System.out));
        }));
    }

    static void print(TcpStream stream, Appendable out) throws IOException {
        var peer = stream.peerAddress();
        var pieces = new FramedRead<>(stream, new BytesCodec());
        for (byte[] piece; (piece = pieces.next().await()) != null; ) {
            String hex = HexFormat.ofDelimiter(" ").formatHex(piece);
            out.append("%s: %,d bytes: %s%n".formatted(peer, piece.length, hex));
        }
        out.append("%s: end%n".formatted(peer));
    }
}
