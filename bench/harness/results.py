"""What was measured."""
import statistics


class Measured:
    """One peer in one workload, a median for each round, and how far they spread."""

    def __init__(self, samples, low=None, high=None, **more):
        self.rounds = [statistics.median(samples)]
        self.samples = list(samples)
        self._range = min(samples) if low is None else low, max(samples) if high is None else high
        self._more = {key: [value] for key, value in more.items() if value is not None}

    def add(self, later):
        """Adds a later round."""
        self.rounds += later.rounds
        self.samples += later.samples
        self._range = min(self.rounds), max(self.rounds)
        for key, values in later._more.items():
            self._more.setdefault(key, []).extend(values)

    def note(self, key, value):
        """Adds something else that was measured as well."""
        self._more.setdefault(key, []).append(value)

    @property
    def median(self):
        return statistics.median(self.rounds)

    @property
    def low(self):
        """The least round, or the least sample of the only one."""
        return self._range[0]

    @property
    def high(self):
        return self._range[1]

    def more(self, key):
        """The median of what was noted under a key, or None."""
        return statistics.median(self._more[key]) if key in self._more else None

    def spread(self):
        """Half the range in percent of the median, or None for a single sample."""
        if self.low == self.high and len(self.samples) == 1:
            return None
        return 50 * (self.high - self.low) / self.median if self.median else 0

    def json(self):
        return {"median": _round(self.median), "low": _round(self.low), "high": _round(self.high),
                "rounds": [_round(r) for r in self.rounds], "samples": [_round(s) for s in self.samples],
                **{key: _round(self.more(key)) for key in self._more}}


class Row:
    """One workload in all peers."""

    def __init__(self, name, group, unit, operation, higher_is_better=False):
        self.name, self.group, self.unit, self.operation = name, group, unit, operation
        self.higher_is_better = higher_is_better
        self.peers = {}
        self.failures = {}

    def add(self, peer, measured):
        if peer in self.peers:
            self.peers[peer].add(measured)
        else:
            self.peers[peer] = measured

    def ratio(self, peer, to):
        """
        The median of the ratios of each round: in one round two peers follow each other closely, and
        a machine that is slower for a while is so for both. None where there is none.
        """
        if peer not in self.peers or to not in self.peers:
            return None
        pairs = [(a, b) for a, b in zip(self.peers[peer].rounds, self.peers[to].rounds) if b]
        return statistics.median(a / b for a, b in pairs) if pairs else None

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
