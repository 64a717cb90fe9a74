"""The peers that live in a JVM."""
import json
import os
import re
import shlex
import shutil
import tempfile

import tools
from results import Measured


# All of it is touched at the start: where a page is touched for the first time while something is measured, that
# may cost a virtual machine more than what is measured, and shows as the price of allocation.
HEAP = ["-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch"]


class Jvm:
    """Builds the benchmark jar and runs what is in it."""

    def __init__(self, options):
        self.options = options
        self.jdk = tools.find_jdk()
        self.java = os.path.join(self.jdk, "bin", "java")
        self.jar = os.path.join(tools.BENCH, "target", "benchmarks.jar")
        if not options.no_build:
            self._build()
        if not os.path.exists(self.jar):
            raise SystemExit(f"bench/run: {os.path.relpath(self.jar)} is missing; run without --no-build")
        try:
            self.catalog = json.loads(self.run("dev.edo.bench.Catalog", timeout=60))
        except RuntimeError as e:
            raise SystemExit(f"bench/run: the JVM of the benchmarks does not start; look at --jvm and --cores: {e}")

    def _build(self):
        if not shutil.which("mvn"):
            raise SystemExit("bench/run: mvn is missing;"
                             " on Debian or Ubuntu: apt-get install maven gcc libc6-dev")
        tools.say("building Edo and the benchmarks (mvn -Pbench package, without tests)")
        # Maven itself may run on an older JDK; the build looks for JDK 25 in variables of such names.
        env = dict(os.environ, JAVA25_HOME=self.jdk)
        # skipTests is for the C tests.
        command = ["mvn", "-q", "-B", "-Pbench", "-DskipTests", "-Dmaven.test.skip=true",
                   "-pl", "bench", "-am", "package"]
        try:
            tools.output(command, timeout=900, cwd=tools.ROOT, env=env)
        except RuntimeError as e:
            raise SystemExit(f"bench/run: the build failed, {e}\nall of it is told by: {shlex.join(command)}")

    def arguments(self, workers=2):
        """Of each JVM: as many workers for each runtime."""
        return ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", *HEAP,
                f"-Dedo.bench.workers={workers}",
                f"-Djdk.virtualThreadScheduler.parallelism={workers}",
                f"-Dkotlinx.coroutines.scheduler.core.pool.size={workers}",
                *shlex.split(self.options.jvm)]

    def command(self, main, *args, workers=2):
        return [self.java, *self.arguments(workers), "-cp", self.jar, main, *map(str, args)]

    def run(self, main, *args, timeout):
        return tools.output(self.command(main, *args), timeout, self.options.core_list)

    def jmh(self, workload, peer, combinations):
        """Runs one method of a JMH class; yields name and result for each combination of its parameters."""
        mode = self.options.mode_settings
        handle, report = tempfile.mkstemp(suffix=".json")
        os.close(handle)
        limits = [word for name in workload["parameters"] for word in (
            "-p", name + "=" + ",".join(dict.fromkeys(chosen[name] for chosen in combinations)))]
        method = f"^{re.escape(workload['class'])}\\.{peer['method']}$"
        try:
            tools.output(
                [self.java, "-cp", self.jar, "org.openjdk.jmh.Main",
                 "-foe", "true", "-bm", "avgt", "-tu", "ns", "-f", "1",
                 "-wi", str(mode.warmups), "-w", f"{mode.warmup_ms}ms", "-i", str(mode.iterations), "-r", f"{mode.iteration_ms}ms", "-to", "60s",
                 "-prof", "gc", "-prof", "dev.edo.bench.CpuTime",
                 "-jvmArgs", shlex.join(self.arguments()), "-rf", "json", "-rff", report, *limits, method],
                mode.jmh_timeout, self.options.core_list)
            with open(report) as file:
                for result in json.load(file):
                    yield _jmh_name(workload["name"], result.get("params", {})), _jmh_result(result)
        finally:
            os.unlink(report)

    def lateness(self, workload, peer):
        """Runs SleepLateness; returns its rows by suffix."""
        flavor, tasks = re.fullmatch(r"(mt|ct)_sleep_1ms_x(\d+)", workload["name"]).groups()
        sleeps = self.options.mode_settings.sleeps_of(int(tasks))
        answer = json.loads(self.run(workload["class"], peer["name"], flavor, tasks, sleeps, timeout=120))
        return {f"_{p}": Measured([answer[f"late_{p}_us"]]) for p in ("p50", "p99")}

    def memory(self, workload, peer):
        kind = workload["name"].rsplit("_", 1)[1]
        answer = json.loads(self.run(workload["class"], peer["name"], kind, timeout=120))
        return Measured([answer["bytes_per_task"]])


def _jmh_name(template, params):
    # Peers without flavours run as their multi-thread selves.
    return re.sub(r"\{(\w+)\}", lambda m: params.get(m[1], "mt"), template)


def _jmh_result(result):
    metric = result["primaryMetric"]
    samples = [sample for fork in metric["rawData"] for sample in fork]
    second = result.get("secondaryMetrics", {})

    def score(*names):
        for name in names:
            if name in second and isinstance(second[name]["score"], float):
                return second[name]["score"]
        return None

    return Measured(samples, cpu_ns=score("cpu", "·cpu"),
                    alloc_bytes=score("gc.alloc.rate.norm", "·gc.alloc.rate.norm"))
