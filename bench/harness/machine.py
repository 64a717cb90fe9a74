"""Describes the machine and the toolchains, without naming them."""
import contextlib
import datetime
import os
import platform
import re
import subprocess
import time

import tools

PAUSE_NS = 50_000
# Boot parameters of Linux that decide where a thread that is woken runs, and how soon.
SCHEDULING = re.compile(r"(sched_|idle=|cpuidle|haltpoll|isolcpus=|nohz|processor\.|intel_idle|preempt=)")


def describe(jdk, options, versions):
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": _first_line(["git", "-C", tools.ROOT, "describe", "--always", "--dirty"]),
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "scheduling": scheduling(_read("/proc/cmdline")),
        "governor": _read("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor") or "unknown",
        "jdk": _first_line([os.path.join(jdk, "bin", "java"), "-version"], error=True),
        "jvm_arguments": options.jvm,
        "rust": _first_line(["rustc", "--version"]),
        "mode": options.mode,
        "rounds": options.mode_settings.rounds,
        "used_cores": options.core_list,
        "pauses": pauses(options.core_list),
        "versions": {**_versions(), **versions},
    }


def scheduling(parameters):
    """
    Those of the kernel's parameters that decide where and when a thread runs: one that packs threads on few cores, say,
    explains workloads that take turns at being fast and slow.
    """
    return [word for word in parameters.split() if SCHEDULING.match(word)]


def pauses(cores, seconds=3.0):
    """
    How much of its time each core stood still under a loop that never waits: what a latency of the same share is made
    of, whoever serves. On a virtual machine the host takes it, and tells nobody.
    """
    if not hasattr(os, "sched_setaffinity"):
        return {}
    before = os.sched_getaffinity(0)
    found = {}
    try:
        for core in cores:
            os.sched_setaffinity(0, {core})
            found[str(core)] = _pauses_here(seconds)
    finally:
        os.sched_setaffinity(0, before)
    return found


def _pauses_here(seconds):
    begin = last = time.perf_counter_ns()
    lost = longest = 0
    while last - begin < seconds * 1e9:
        now = time.perf_counter_ns()
        if now - last > PAUSE_NS:
            lost += now - last
            longest = max(longest, now - last)
        last = now
    return {"percent": round(100 * lost / (last - begin), 2), "longest_us": longest // 1000}


def _versions():
    """Of what comes from the Maven registry."""
    pom = _read(os.path.join(tools.ROOT, "pom.xml"))
    return {name: found[1] for name in ("netty", "vertx", "kotlinx-coroutines")
            if (found := re.search(rf"<{name}\.version>([^<]+)<", pom))}


def _cpu():
    model = re.search(r"model name\s*:\s*(.*)", _read("/proc/cpuinfo"))
    return model[1] if model else platform.processor() or platform.machine()


def _read(path):
    with contextlib.suppress(OSError), open(path) as file:
        return file.read().strip()
    return ""


def _first_line(command, error=False):
    with contextlib.suppress(OSError):
        done = subprocess.run(command, capture_output=True, text=True)
        lines = (done.stderr if error else done.stdout).splitlines()
        # The second line of java -version names the build.
        return (lines[1] if error and len(lines) > 1 else lines[0]) if lines else ""
    return ""
