"""The table, in Markdown that also reads well as it is."""

RATIOS = [("EDO_STACKLESS", "TOKIO"), ("EDO_STACKLESS", "VIRTUAL_THREADS"),
          ("EDO_STACKLESS", "NETTY_EPOLL"),
          ("EDO_DIRECT", "TOKIO"), ("EDO_DIRECT", "VIRTUAL_THREADS"), ("EDO_DIRECT", "NETTY_EPOLL")]
HEADINGS = ["Edo / Tokio", "Edo / v.t.", "Edo / Netty", "direct / Tokio", "direct / v.t.", "direct / Netty"]
TITLES = {"SPAWN": "Spawning", "SWITCH": "Switching", "CHANNELS": "Channels", "SYNC": "Synchronization",
          "BLOCKING": "Blocking pool", "TIMERS": "Timers", "LATENESS": "Lateness of sleep(1 ms)",
          "MEMORY": "Memory", "ECHO": "TCP echo"}


def number(value):
    if value is None:
        return ""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def ratio(value):
    """At least two digits: 0.00 would say nothing."""
    if value is None:
        return ""
    return f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.2g}"


def disturbed(row, measured):
    """Whether others were at work meanwhile, and that matters."""
    return row.unit != "B" and (measured.more("other_cpus") or 0) > 0.2


def cell(row, measured):
    if measured is None:
        return ""
    spread = measured.spread()
    mark = " !" if disturbed(row, measured) else ""
    return number(measured.median) + ("" if spread is None else f" ±{spread:.0f}%") + mark


def render(rows, peers, description, left_out):
    machine = "{cpu}, {cores} cores, {system}".format(**description)
    run = "{mode} run, {date}, commit {commit}".format(**description)
    parts = ["; ".join(filter(None, [machine, description["jdk"], description["rust"], run])),
             f"Rounds: {description['rounds']}. Medians with half their range;"
             " ratios are the median of each round's ratio. Lower is better, except for 1/s."]
    if description["scheduling"]:
        parts.append(f"The kernel was started with {', '.join(description['scheduling'])}, which decides where and how soon"
                     " a thread runs that was woken.")
    if description["pauses"]:
        parts.append("Afterwards the cores stood still under a loop that never waits: "
                     + ", ".join(f"core {core} {pause['percent']} % of the time (longest {pause['longest_us']:,} us)"
                                 for core, pause in description["pauses"].items())
                     + ". Latencies of that share are the machine's.")
    for group, title in TITLES.items():
        members = [row for row in rows if row.group == group]
        if members:
            parts.append(f"### {title}\n\n" + _section(members, peers))
    if any(disturbed(row, measured) for row in rows for measured in row.peers.values()):
        parts.append("`!`: other processes used more than 0.2 CPUs meanwhile; run it again.")
    for row in rows:
        for peer, reason in row.failures.items():
            parts.append(f"Failed: {row.name} on {peers[peer]['label']}: {reason}")
    for peer, reason in left_out.items():
        parts.append(f"Left out: {peers[peer]['label']}: {reason}")
    return "\n\n".join(parts)


def _section(rows, peers):
    shown = [name for name in peers if any(name in row.peers for row in rows)]
    ratios = [pair for pair in RATIOS if any(row.ratio(*pair) is not None for row in rows)]
    lines = [["workload", "unit", *(peers[name]["label"] for name in shown),
              *(HEADINGS[RATIOS.index(pair)] for pair in ratios)]]
    for row in rows:
        lines.append([row.name, row.unit, *(cell(row, row.peers.get(name)) for name in shown),
                      *(ratio(row.ratio(*pair)) for pair in ratios)])
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    text = ["| " + " | ".join(_padded(line, widths)) + " |" for line in lines]
    rule = "|" + "|".join("-" * (w + 2) if i < 2 else "-" * (w + 1) + ":" for i, w in enumerate(widths)) + "|"
    return "\n".join([text[0], rule, *text[1:]])


def _padded(line, widths):
    return [text.ljust(width) if i < 2 else text.rjust(width)
            for i, (text, width) in enumerate(zip(line, widths))]
