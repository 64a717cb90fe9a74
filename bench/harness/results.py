"""What was measured."""
import statistics


class Measured:
    """One peer in one workload: the median of its samples and how far they spread."""

    def __init__(self, samples, low=None, high=None, **more):
        self.median = statistics.median(samples)
        self.low = min(samples) if low is None else low
        self.high = max(samples) if high is None else high
        self.samples = samples
        self.more = {key: value for key, value in more.items() if value is not None}

    def spread(self):
        """Half the range in percent of the median, or None for a single sample."""
        if self.low == self.high and len(self.samples) == 1:
            return None
        return 50 * (self.high - self.low) / self.median if self.median else 0

    def json(self):
        return {"median": _round(self.median), "low": _round(self.low), "high": _round(self.high),
                "samples": [_round(s) for s in self.samples],
                **{key: _round(value) for key, value in self.more.items()}}


class Row:
    """One workload in all peers."""

    def __init__(self, name, group, unit, operation, higher_is_better=False):
        self.name, self.group, self.unit, self.operation = name, group, unit, operation
        self.higher_is_better = higher_is_better
        self.peers = {}
        self.failures = {}

    def ratio(self, peer, to):
        if peer not in self.peers or to not in self.peers or not self.peers[to].median:
            return None
        return self.peers[peer].median / self.peers[to].median

    def json(self):
        row = {"name": self.name, "group": self.group, "unit": self.unit, "operation": self.operation,
               "higher_is_better": self.higher_is_better,
               "peers": {peer: measured.json() for peer, measured in self.peers.items()},
               "ratios": {}}
        for peer in ("EDO_STACKLESS", "EDO_DIRECT"):
            for to in ("TOKIO", "VIRTUAL_THREADS", "NETTY_EPOLL"):
                ratio = self.ratio(peer, to)
                if ratio is not None:
                    row["ratios"][f"{peer}/{to}"] = _round(ratio)
        if self.failures:
            row["failures"] = self.failures
        return row


class Results:
    """All rows, in the order in which they were first met."""

    def __init__(self):
        self.rows = {}

    def row(self, name, *description, **more):
        return self.rows.setdefault(name, Row(name, *description, **more))


def _round(value):
    return float(f"{value:.4g}") if isinstance(value, float) else value
