"""Bar charts: a picture for each group, in it a block of bars for each workload, on a scale of its own."""
import html

from table import TITLES, number

COLORS = {
    "EDO_STACKLESS": "#c0392b", "EDO_DIRECT": "#e67e22", "TOKIO": "#2c3e50", "VIRTUAL_THREADS": "#2980b9",
    "KOTLIN": "#8e44ad", "FORK_JOIN": "#7f8c8d", "NETTY_EPOLL": "#16a085", "NETTY_IO_URING": "#1abc9c",
    "VERTX": "#9b59b6", "C_EPOLL": "#95a5a6", "C_URING": "#bdc3c7"}
WIDTH, LEFT, RIGHT, BAR, GAP, HEAD = 760, 130, 110, 14, 3, 26


def render(rows, peers, description):
    groups = {}
    for row in rows:
        if row.peers:
            groups.setdefault(row.group, []).append(row)
    return {group: _picture(group, members, peers, description) for group, members in groups.items()}


def _picture(group, rows, peers, description):
    body, y = [], 56
    for row in rows:
        better = "higher is better" if row.higher_is_better else "lower is better"
        what = f"{row.operation}s each second" if row.unit == "1/s" else f"{row.unit} for each {row.operation}"
        body.append(_text(12, y + 14, f"{row.name}: {what}", weight="bold"))
        body.append(_text(WIDTH - 12, y + 14, better, anchor="end", fill="#888"))
        y += HEAD - 4
        most = max(m.high for m in row.peers.values()) or 1
        scale = (WIDTH - LEFT - RIGHT) / most
        for name in peers:
            if name in row.peers:
                body.append(_bar(y, name, peers[name]["label"], row.peers[name], scale))
                y += BAR + GAP
        y += 12
    note = "{cpu}, {cores} cores; {mode} run, {date}".format(**description)
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y + 8}"'
        f' viewBox="0 0 {WIDTH} {y + 8}"'
        ' font-family="system-ui, sans-serif" font-size="11">',
        f'<rect width="{WIDTH}" height="{y + 8}" fill="#ffffff"/>',
        _text(12, 24, TITLES[group], size=16, weight="bold"), _text(12, 42, note, fill="#888"),
        *body, "</svg>", ""])


def _bar(y, name, label, measured, scale):
    length = max(measured.median * scale, 1)
    middle = y + BAR / 2
    low, high = LEFT + measured.low * scale, LEFT + measured.high * scale
    return "\n".join([
        _text(LEFT - 6, y + BAR - 3, label, anchor="end"),
        f'<rect x="{LEFT}" y="{y}" width="{length:.1f}" height="{BAR}" fill="{COLORS.get(name, "#888")}"/>',
        f'<line x1="{low:.1f}" y1="{middle}" x2="{high:.1f}" y2="{middle}" stroke="#000" stroke-width="1"/>',
        _text(max(LEFT + length, high) + 5, y + BAR - 3, number(measured.median))])


def _text(x, y, text, anchor="start", size=None, weight=None, fill="#222"):
    more = (f' font-size="{size}"' if size else "") + (f' font-weight="{weight}"' if weight else "")
    place = f'x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" fill="{fill}"'
    return f"<text {place}{more}>{html.escape(text)}</text>"
