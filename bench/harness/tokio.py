"""Real Tokio, and the load generator for all echo servers."""
import json
import os
import re
import shutil

import tools
from results import Measured

# glibc returns freed memory to the kernel, 128 KB at a time or more, and the next batch of tasks touches its pages for
# the first time again. The JVMs touch their heap once, at the start.
KEEP_MEMORY = {"MALLOC_TRIM_THRESHOLD_": str(512 << 20), "MALLOC_MMAP_THRESHOLD_": str(32 << 20)}


class Tokio:
    """Builds the programs in peers/tokio, and runs rtbench."""

    def __init__(self, options):
        self.options = options
        self.dir = os.path.join(tools.BUILT, "tokio")
        release = os.path.join(self.dir, "target", "release")
        self.rtbench, self.server, self.load = (
            os.path.join(release, name) for name in ("rtbench", "echo-server", "echo-load"))
        if not options.no_build:
            self._build()
        if not os.path.exists(self.rtbench):
            raise tools.Missing("not built; run without --no-build")
        self.names = tools.output([self.rtbench, "--list"], timeout=60).split()

    def _build(self):
        if not shutil.which("cargo"):
            raise tools.Missing("no Rust: cargo is not on the path")
        tools.say("building Tokio (peers/tokio)")
        try:
            tools.output([os.path.join(tools.BENCH, "peers", "tokio", "fetch"), self.dir], timeout=300)
            tools.output(["cargo", "build", "--release",
                          "--config", os.path.join(self.dir, "cargo-config.toml"),
                          "--manifest-path", os.path.join(self.dir, "project", "Cargo.toml")], timeout=900)
        except RuntimeError as e:
            raise tools.Missing(f"the build failed: {e}")

    def version(self):
        lock = os.path.join(self.dir, "project", "Cargo.lock")
        if os.path.exists(lock):
            with open(lock) as file:
                found = re.search(r'name = "tokio"\nversion = "([^"]+)"', file.read())
                return found[1] if found else "unknown"
        return "unknown"

    def measure(self, name, operations):
        mode = self.options.mode_settings
        line = json.loads(tools.output(
            [self.rtbench, "--exact", name, "--json", "--workers", "2", "--samples", str(mode.tokio_samples),
             "--sample-ms", str(mode.tokio_sample_ms), "--warmup-ms", str(mode.tokio_warmup_ms)],
            mode.tokio_timeout, self.options.core_list, env=dict(os.environ, **KEEP_MEMORY)))
        if "late_p50_us" in line:
            return {f"_{p}": Measured([line[f"late_{p}_us"]]) for p in ("p50", "p99")}
        if "bytes_per_task" in line:
            return {"": Measured([line["bytes_per_task"]], line["min"], line["max"])}
        return {"": Measured([line["median_ns"] / operations], line["min_ns"] / operations,
                             line["max_ns"] / operations,
                             cpu_ns=line["cpu_ns_per_op"] * line["ops_per_iter"] / operations)}
