"""One run of everything."""
import dataclasses
import itertools
import json
import os
import re
import time

import chart
import echo
import machine
import table
import tools
from jvm import Jvm
from results import Results
from tokio import Tokio


@dataclasses.dataclass
class Mode:
    """How long everything is measured."""
    rounds: int
    warmups: int
    warmup_ms: int
    iterations: int
    iteration_ms: int
    tokio_samples: int
    tokio_sample_ms: int
    tokio_warmup_ms: int
    sleeps: int
    echo_warmup: float
    echo_rounds: int
    echo_seconds: float
    idle_connections: int

    def sleeps_of(self, tasks):
        return self.sleeps if tasks == 1 else max(self.sleeps // 5, 10)

    @property
    def jmh_timeout(self):
        measured = (self.warmups * self.warmup_ms + self.iterations * self.iteration_ms) / 1000
        return 90 + 4 * 3 * measured  # as many as four combinations of parameters

    @property
    def tokio_timeout(self):
        return 90 + 3 * (self.tokio_warmup_ms + self.tokio_samples * self.tokio_sample_ms) / 1000


MODES = {
    "full": Mode(3, 2, 500, 5, 120, 5, 100, 300, 500, 1.0, 5, 1.0, 5000),
    "quick": Mode(1, 2, 450, 5, 70, 5, 70, 200, 200, 0.5, 3, 0.4, 1000),
    "smoke": Mode(1, 1, 100, 1, 50, 1, 20, 20, 10, 0.0, 1, 0.5, 200),
}

# Of tools that measure more than one thing at once.
SUFFIXES = {"lateness": ["_p50", "_p99"]}


def run(options):
    options.mode = "smoke" if options.smoke else "quick" if options.quick else "full"
    options.mode_settings = MODES[options.mode]
    if options.rounds:
        options.mode_settings = dataclasses.replace(options.mode_settings, rounds=options.rounds)
    options.core_list = [int(c) for c in options.cores.split(",")] if options.cores else _first_cores()
    return Campaign(options).run()


def _first_cores():
    if not hasattr(os, "sched_getaffinity"):  # nor is there anything to pin with
        return list(range(min(2, os.cpu_count() or 1)))
    return sorted(os.sched_getaffinity(0))[:2]


class Campaign:
    """Everything in turn: workload by workload, within one round by round, and within a round peer by peer."""

    def __init__(self, options):
        self.options = options
        self.only = re.compile(options.only)
        self.began = time.monotonic()
        self.jvm = Jvm(options)
        self.peers = {peer["name"]: peer for peer in self.jvm.catalog["peers"]}
        chosen = [name for name in options.peers.upper().split(",") if name]
        unknown = [name for name in chosen if name not in self.peers]
        if unknown:
            raise SystemExit(f"bench/run: no peer {', '.join(unknown)}; there are {', '.join(self.peers)}")
        self.chosen = {name for name in self.peers if not chosen or name in chosen}
        self.left_out = {}
        self.failed = set()
        self.results = Results()

    def wanted(self, name):
        return bool(self.only.search(name))

    def run(self):
        workloads = [w for w in self.jvm.catalog["workloads"] if self._names(w)]
        if not workloads and not any(map(self.wanted, echo.names())):
            raise SystemExit(f"bench/run: --only {self.options.only!r} matches no workload;"
                             " bench/run --list names them all")
        if self.options.list:
            print("\n".join([name for w in workloads for name in self._names(w)]
                            + [name for name in echo.names() if self.wanted(name)]))
            return 0
        self.tokio = self._tokio()
        for number, workload in enumerate(workloads, 1):
            self._workload(workload, f"[{number}/{len(workloads)}]")
        if any(map(self.wanted, echo.names())):
            self._echo()
        return self._report()

    def _names(self, workload):
        """The wanted names of a workload, each with its parameters."""
        parameters = workload["parameters"]
        names = {}
        for values in itertools.product(*parameters.values()):
            chosen = dict(zip(parameters, values))
            name = workload["name"].format(**chosen)
            if self.wanted(name) or any(self.wanted(name + s) for s in SUFFIXES.get(workload["tool"], [])):
                names[name] = chosen
        return names

    def _tokio(self):
        needed = "TOKIO" in self.chosen or any(map(self.wanted, echo.names()))
        if not needed:
            return None
        try:
            return Tokio(self.options)
        except tools.Missing as e:
            self._leave_out("TOKIO", str(e))
            return None

    def _leave_out(self, name, reason):
        self.left_out[name] = reason
        self.chosen.discard(name)
        tools.say(f"  {self.peers[name]['label']} is left out: {reason}")

    def _workload(self, workload, progress):
        tools.say(f"{progress} {self._clock()} {', '.join(self._names(workload))}")
        for _ in range(self.options.mode_settings.rounds):
            for name, peer in self.peers.items():
                if name in self.chosen and (workload["name"], name) not in self.failed:
                    self._turn(workload, name, peer)

    def _turn(self, workload, name, peer):
        if name == "TOKIO":
            for exact in self._names(workload):
                if exact in self.tokio.names:
                    self._take(workload, peer, lambda: self._suffixed(
                        exact, self.tokio.measure(exact, workload["operations"])))
        elif name in workload["peers"]:
            self._take(workload, peer, lambda: self._measure(workload, peer))

    def _measure(self, workload, peer):
        if workload["tool"] == "jmh":
            yield from self.jvm.jmh(workload, peer, self._names(workload).values())
        elif workload["tool"] == "lateness":
            yield from self._suffixed(workload["name"], self.jvm.lateness(workload, peer))
        else:
            yield workload["name"], self.jvm.memory(workload, peer)

    @staticmethod
    def _suffixed(name, measured):
        return [(name + suffix, value) for suffix, value in measured.items()]

    def _take(self, workload, peer, measure):
        foreign = tools.ForeignLoad()
        try:
            measured = list(measure())
        except RuntimeError as e:
            tools.say(f"    {peer['label']:<16} failed: {e}")
            self.failed.add((workload["name"], peer["name"]))
            self._row(workload, workload["name"]).failures[peer["name"]] = str(e)
            return
        others = round(foreign.cpus(), 2)
        for name, value in measured:
            if self.wanted(name):
                row = self._row(workload, name)
                value.note("other_cpus", others)
                row.add(peer["name"], value)
                tools.say(f"    {peer['label']:<16} {name:<34} {table.number(value.median)} {row.unit}"
                          + (f"   (others used {others:.1f} CPUs)" if others > 0.1 else ""))

    def _row(self, workload, name):
        return self.results.row(name, workload["group"], workload["unit"], workload["operation"])

    def _echo(self):
        servers = [p for n, p in self.peers.items() if n in self.chosen and "ECHO" in p["groups"]]
        if self.tokio is None:
            tools.say("echo is left out: its load generator is part of the Tokio peer")
            return
        try:
            runner = echo.Echo(self.options, self.jvm, self.tokio)
        except tools.Missing as e:
            tools.say(f"echo is left out: {e}")
            return
        tools.say(f"{self._clock()} echo, {len(servers)} servers in turn")
        runner.measure(servers, self.wanted, self.results,
                       lambda peer, reason: self._leave_out(peer["name"], f"echo failed: {reason}"))

    def _clock(self):
        seconds = int(time.monotonic() - self.began)
        return f"{seconds // 60:02}:{seconds % 60:02}"

    def _report(self):
        versions = {"tokio": self.tokio.version()} if self.tokio else {}
        description = machine.describe(self.jvm.jdk, self.options, versions)
        rows = list(self.results.rows.values())
        text = table.render(rows, self.peers, description, self.left_out)
        print(text)
        whole = not self.options.only and not self.options.peers
        name = self.options.mode if whole else "partial"
        directory = os.path.join(tools.BENCH, "results")
        os.makedirs(directory, exist_ok=True)
        with open(os.path.join(directory, name + ".json"), "w") as file:
            json.dump({"machine": description, "left_out": self.left_out, "rows": [r.json() for r in rows]},
                      file, indent=1)
            file.write("\n")
        with open(os.path.join(directory, name + ".md"), "w") as file:
            file.write(text + "\n")
        for group, svg in chart.render(rows, self.peers, description).items():
            with open(os.path.join(directory, f"{name}-{group.lower()}.svg"), "w") as file:
                file.write(svg)
        tools.say(f"{self._clock()} written: bench/results/{name}.json, .md and one .svg for each group")
        return 1 if any(row.failures for row in rows) else 0
