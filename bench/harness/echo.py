"""TCP echo: each server on one core, the load from another.

All servers run at the same time, and the load goes from one to the next, many times over: a virtual machine may be a
third slower a minute later, and that must not look like the difference between two servers. One that is not loaded
uses no processor.
"""
import contextlib
import json
import os
import resource
import socket
import subprocess
import tempfile
import threading
import time

import tools
from results import Measured

# name, arguments of echo-load, and what is taken from its answer: suffix, field, unit, operation
CLOSED = [("cpu", "server_cpu_us_per_req", "us", "request"), ("p99", "p99_us", "us", "request"),
          ("per_s", "per_s", "1/s", "request")]
OPEN = [("p50", "p50_us", "us", "request"), ("p99", "p99_us", "us", "request"),
        ("p999", "p999_us", "us", "request")]
CONNECT = [("cpu", "server_cpu_us_per_req", "us", "connection"), ("p99", "p99_us", "us", "connection"),
           ("per_s", "per_s", "1/s", "connection")]
SCENARIOS = [
    ("echo_50", ["--connections", "50"], CLOSED),
    ("echo_1000", ["--connections", "1000"], CLOSED),
    ("echo_open_50", ["--connections", "50", "--rate", "100000", "--spin"], OPEN),
    ("echo_open_1000", ["--connections", "1000", "--rate", "100000", "--spin"], OPEN),
    ("echo_connect", ["--connections", "50", "--connect-rate", "--rst"], CONNECT),
]
IDLE = "echo_idle_connection"
PORT = 17_301


def names():
    return [f"{name}_{suffix}" for name, _, fields in SCENARIOS for suffix, *_ in fields] + [
        f"{IDLE}_heap", f"{IDLE}_memory"]


class Echo:
    """Starts the servers and loads them in turn."""

    def __init__(self, options, jvm, tokio):
        self.options, self.jvm, self.tokio = options, jvm, tokio
        self.server_cores, self.load_cores = options.core_list[:1], options.core_list[1:2]
        if not self.load_cores:
            raise tools.Missing("echo takes two cores")
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))

    def _command(self, peer, port):
        name = peer["name"]
        if name == "TOKIO":
            return [self.tokio.server, f"127.0.0.1:{port}", "--workers", "1"]
        if name in ("C_EPOLL", "C_URING"):
            return [self._compiled("epoll_echo" if name == "C_EPOLL" else "uring_echo"), str(port)]
        return self.jvm.command("dev.edo.bench.echo.EchoServer", name, port, workers=1)

    def _compiled(self, program):
        binary = os.path.join(tools.BUILT, program)
        if not self.options.no_build or not os.path.exists(binary):
            os.makedirs(tools.BUILT, exist_ok=True)
            source = os.path.join(tools.BENCH, "peers", "limit", program + ".c")
            try:
                tools.output([tools.compiler(), "-O2", "-Wall", "-o", binary, source], timeout=60)
            except RuntimeError as e:
                raise tools.Missing(f"does not compile here: {e}")
        return binary

    @contextlib.contextmanager
    def _server(self, peer, port):
        with tempfile.TemporaryFile("w+") as words:
            process = subprocess.Popen(
                tools.pinned(self._command(peer, port), self.server_cores), text=True, start_new_session=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=words)
            too_late = threading.Timer(60, tools.stop, [process, True])
            too_late.start()
            try:
                line = process.stdout.readline()
                too_late.cancel()
                if not line.startswith("listening"):
                    words.seek(0)
                    first = (words.read().strip() or line or "no message").splitlines()[0]
                    raise RuntimeError("the server did not start: " + first)
                yield process
            finally:
                too_late.cancel()
                tools.stop(process)

    def measure(self, peers, wanted, results, left_out):
        """
        Runs all wanted scenarios against a server of each peer, and the idle connections against new ones.
        Calls left_out with a peer that fails, and the reason.
        """
        scenarios = [scenario for scenario in SCENARIOS
                     if any(wanted(f"{scenario[0]}_{suffix}") for suffix, *_ in scenario[2])]
        with contextlib.ExitStack() as running:
            servers = {}
            for index, peer in enumerate(peers if scenarios else []):
                try:
                    server = running.enter_context(self._server(peer, PORT + index)), PORT + index
                    tools.say(f"    {peer['label']} warms up")
                    for _, arguments, _ in scenarios:  # what is compiled for one is not always right for the next
                        self._load(*server, arguments, self.options.mode_settings.echo_warmup)
                    servers[peer["name"]] = server
                except (RuntimeError, tools.Missing) as e:
                    left_out(peer, e)
            for name, arguments, fields in scenarios:
                self._scenario(name, arguments, fields, peers, servers, results, left_out)
        if any(wanted(n) for n in (f"{IDLE}_heap", f"{IDLE}_memory")):
            for peer in peers:
                try:
                    self._idle(peer, results)
                except (RuntimeError, OSError, tools.Missing) as e:
                    left_out(peer, e)

    def _scenario(self, name, arguments, fields, peers, servers, results, left_out):
        tools.say(f"    {name}: {self.options.mode_settings.echo_rounds} rounds")
        answers = {}
        for _ in range(self.options.mode_settings.echo_rounds):
            for peer in peers:
                if peer["name"] not in servers:
                    continue
                try:
                    answers.setdefault(peer["name"], []).append(self._load(*servers[peer["name"]], arguments, 0.2))
                except RuntimeError as e:
                    del servers[peer["name"]]
                    left_out(peer, e)
        for peer in peers:
            if peer["name"] in servers:
                self._take(peer, name, fields, answers[peer["name"]], results)

    @staticmethod
    def _take(peer, name, fields, answers, results):
        for suffix, field, unit, operation in fields:
            row = results.row(f"{name}_{suffix}", "ECHO", unit, operation, higher_is_better=unit == "1/s")
            for answer in answers:
                row.add(peer["name"], Measured([answer[field]], other_cpus=answer["other_cpus"],
                                               lag_us=answer["lag_p99_us"] or None))

    def _load(self, server, port, arguments, warmup):
        mode = self.options.mode_settings
        text = tools.output(
            [self.tokio.load, f"127.0.0.1:{port}", *arguments, "--duration", str(mode.echo_seconds),
             "--warmup", str(warmup), "--server-pid", str(server.pid), "--json"],
            warmup + mode.echo_seconds + 30, self.load_cores)
        answer = json.loads(text)
        if answer["errors"] or answer["mismatches"]:
            raise RuntimeError(f"errors={answer['errors']} mismatches={answer['mismatches']}")
        return answer

    def _idle(self, peer, results):
        count = self.options.mode_settings.idle_connections
        with self._server(peer, PORT) as server, contextlib.ExitStack() as open_sockets:
            for _ in range(200):  # what is made lazily
                open_sockets.enter_context(_echoed())
            before = _bytes(server, peer)
            for _ in range(count):
                open_sockets.enter_context(_echoed())
            time.sleep(0.5)
            after = _bytes(server, peer)
        for kind, taken in idle_figures(before, after, count).items():
            row = results.row(f"{IDLE}_{kind}", "MEMORY", "B", "connection")
            row.add(peer["name"], Measured([taken]))


def idle_figures(before, after, count):
    """
    What one connection takes: the growth of the live heap, where there is one, and of all memory. All pages of a JVM's
    heap are resident from the start, and its resident set grows by what is outside the heap only.
    """
    grown = {kind: (after[kind] - before[kind]) / count for kind in after}
    outside = grown.pop("rss")
    return {**grown, "memory": outside + grown.get("heap", 0)}


def _echoed():
    """A connection that has echoed once and is idle now."""
    connection = socket.create_connection(("127.0.0.1", PORT), timeout=10)
    connection.sendall(b"x" * 64)
    got = 0
    while got < 64:
        count = len(connection.recv(64))
        if count == 0:
            raise RuntimeError("the server closed a connection")
        got += count
    return connection


def _bytes(server, peer):
    figures = {}
    if peer["name"] not in ("TOKIO", "C_EPOLL", "C_URING"):
        server.stdin.write("heap\n")
        server.stdin.flush()
        line = server.stdout.readline()
        if not line:
            raise RuntimeError("the server ended")
        figures["heap"] = int(line)
    with open(f"/proc/{server.pid}/status") as status:
        resident = next((int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS:")), None)
    if resident is None:  # it has ended, and has no memory left
        raise RuntimeError("the server ended")
    figures["rss"] = resident
    return figures
