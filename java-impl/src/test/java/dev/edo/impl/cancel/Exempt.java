package dev.edo.impl.cancel;

import java.util.Map;

/** Methods that need no entry of their own, and why. */
final class Exempt {
    private static final String STANDARD_STREAM =
            "the process's own descriptors: dev.edo.impl.io.StdioTest cancels a read and a write of stand-ins";
    private static final String HANDED_BACK = "hands back a stream that the caller gave";

    /** The reasons, by the names of the methods. */
    static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("EdoProvider.yieldNow()", "the implementation of Edo.yieldNow()"),
            Map.entry("FileRing.Call.poll(Context)",
                    "what files are made of: dev.edo.impl.fs.UringFileTest gives each call up"),
            Map.entry("IoProvider.spawnMandatoryBlocking(Callable)", "a job that goes on whoever waits for it"),
            Map.entry("NetProvider.bindTcp(List)", "the implementation of TcpListener.bind(List)"),
            Map.entry("NetProvider.bindTcp(String)", "the implementation of TcpListener.bind(String)"),
            Map.entry("NetProvider.bindUdp(List)", "the implementation of UdpSocket.bind(List)"),
            Map.entry("NetProvider.bindUdp(String)", "the implementation of UdpSocket.bind(String)"),
            Map.entry("NetProvider.connectTcp(List)", "the implementation of TcpStream.connect(List)"),
            Map.entry("NetProvider.connectTcp(String)", "the implementation of TcpStream.connect(String)"),
            Map.entry("NetProvider.connectUnix(UnixSocketAddress)",
                    "the implementation of UnixStream.connect(UnixSocketAddress)"),
            Map.entry("NetProvider.lookupHost(String)", "the implementation of Lookup.host(String)"),
            Map.entry("TimeProvider.advance(Duration)", "the implementation of TestClock.advance(Duration)"),
            Map.entry("TimeProvider.sleepUntil(Instant)", "the implementation of Sleep.until(Instant)"),
            Map.entry("Io.stdin()", STANDARD_STREAM),
            Map.entry("Io.stdout()", STANDARD_STREAM),
            Map.entry("Io.stderr()", STANDARD_STREAM),
            Map.entry("StreamMap.get(Object)", HANDED_BACK),
            Map.entry("StreamMap.insert(Object, Stream)", HANDED_BACK),
            Map.entry("StreamMap.remove(Object)", HANDED_BACK));

    private Exempt() {}
}
