"""Child processes, and where the toolchains are."""
import contextlib
import glob
import os
import re
import shutil
import signal
import subprocess
import sys
import time

BENCH = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(BENCH)
BUILT = os.path.join(BENCH, "target", "peers")


class Missing(Exception):
    """A peer that cannot take part; the message is the reason."""


def say(text, end="\n"):
    print(text, end=end, file=sys.stderr, flush=True)


def stop(process, force=False):
    """Ends a process and its children."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL if force else signal.SIGTERM)
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def output(command, timeout, cores=None, cwd=None, env=None):
    """Runs a command to its end and returns what it printed; raises RuntimeError with its last words."""
    process = subprocess.Popen(
        pinned(command, cores), stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
        text=True, start_new_session=True, cwd=cwd, env=env)
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        stop(process, force=True)
        raise RuntimeError(f"not finished after {timeout:.0f} s")
    except BaseException:
        stop(process, force=True)
        raise
    if process.returncode != 0:
        words = (err.strip() or out.strip() or "no message").splitlines()[-3:]
        raise RuntimeError(f"exit code {process.returncode}: " + " / ".join(words))
    return out


def pinned(command, cores):
    if cores and shutil.which("taskset"):
        return ["taskset", "-c", ",".join(map(str, cores)), *command]
    return command


def find_jdk():
    """The home of a JDK 25 or newer."""
    homes = [os.environ.get("JAVA_HOME", ""), *sorted(glob.glob("/usr/lib/jvm/*")),
             *glob.glob(os.path.expanduser("~/.sdkman/candidates/java/*")),
             *glob.glob("/Library/Java/JavaVirtualMachines/*/Contents/Home")]
    if shutil.which("javac"):
        homes.append(os.path.dirname(os.path.dirname(os.path.realpath(shutil.which("javac")))))
    for home in homes:
        javac = os.path.join(home, "bin", "javac")
        if home and os.access(javac, os.X_OK):
            version = subprocess.run([javac, "-version"], capture_output=True, text=True).stdout
            number = re.search(r"javac (\d+)", version)
            if number and int(number[1]) >= 25:
                return home
    raise SystemExit("bench/run: no JDK 25 found; install one or set JAVA_HOME to it")


def compiler():
    for name in (os.environ.get("CC", ""), "cc", "gcc", "clang"):
        if name and shutil.which(name):
            return name
    raise Missing("no C compiler")


class ForeignLoad:
    """How many CPUs other processes used: what all used, less what our own children did."""

    def __init__(self):
        self.begin = self._now()

    @staticmethod
    def _now():
        times = os.times()
        own = times.user + times.system + times.children_user + times.children_system
        busy = own
        with contextlib.suppress(OSError), open("/proc/stat") as stat:
            fields = [int(x) for x in stat.readline().split()[1:]]
            # user nice system irq softirq, without idle, iowait, steal and guests
            busy = (sum(fields[0:3]) + sum(fields[5:7])) / os.sysconf("SC_CLK_TCK")
        return busy, own, time.monotonic()

    def cpus(self):
        busy, own, now = self._now()
        wall = max(now - self.begin[2], 1e-9)
        return max(0.0, (busy - self.begin[0] - (own - self.begin[1])) / wall)
