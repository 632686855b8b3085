"""Colours, patterns and classes: what the eye tells apart, held apart by tests in `tests/doors`."""

from __future__ import annotations

from assetmap.frames.results import LEVELS

LEVEL_CODE = {level: number for number, level in enumerate(LEVELS, start=1)}
"""``result_code``: 1 to 6, in the order of the levels."""

LIGHT = {
    "paper": "#fbfaf7", "panel": "#f2f0ea", "ink": "#1a1d21", "soft": "#4a5059", "rule": "#c9c5ba",
    "edge": "#767268", "link": "#0b4f6c", "link-hover": "#062c3d", "focus": "#1d4ed8",
    "focus-under": "#ffffff", "note": "#fdf3d7", "note-edge": "#946200",
    "land": "#efede6", "water": "#cfdfe8", "line": "#55524b", "green": "#a8bd80",
    "stream": "#5b8fae", "road": "#ffffff",
    "r1": "#76205a", "r2": "#c680b2", "r3": "#efc15c", "r4": "#86b4dc", "r5": "#eaf0e6",
    "r6": "#fdfdfb",
    "i1": "#f7dff0", "i2": "#5a1746", "i3": "#7d5400", "i4": "#1f5585", "i5": "#eaf0e6",
    "i6": "#85817a",
    "q1": "#f6f6e4", "q2": "#b4dcc0", "q3": "#62b5c4", "q4": "#2f7fb0", "q5": "#1c3f78",
    "asset": "#1a1d21", "scheme": "#a63a00",
}  # fmt: skip
"""By day. r: fills of the six results, i: ink of their patterns, q: five steps of one scale."""

DARK = {
    "paper": "#14171a", "panel": "#1e2226", "ink": "#f0eee8", "soft": "#c0c4c8", "rule": "#454b52",
    "edge": "#8b9198", "link": "#8fd0ee", "link-hover": "#c8eafa", "focus": "#ffd75e",
    "focus-under": "#14171a", "note": "#33290f", "note-edge": "#e0b050",
    "land": "#23272b", "water": "#1d3340", "line": "#a9aeb4", "green": "#506838",
    "stream": "#5f9dc0", "road": "#0c0e10",
    "r1": "#e58ac8", "r2": "#7a3566", "r3": "#a8771b", "r4": "#2f679b", "r5": "#39433b",
    "r6": "#191c1f",
    "i1": "#4a0f38", "i2": "#efb9dd", "i3": "#ffe3a0", "i4": "#b9dcf8", "i5": "#39433b",
    "i6": "#8b9198",
    "q1": "#203a5c", "q2": "#2b6290", "q3": "#3f93ab", "q4": "#86c8b4", "q5": "#eef3cf",
    "asset": "#ffffff", "scheme": "#ff9b61",
}  # fmt: skip
"""By night: the same order of meaning, more is further from the ground."""

SYSTEM = {
    "paper": "Canvas", "panel": "Canvas", "ink": "CanvasText", "soft": "CanvasText",
    "rule": "CanvasText", "edge": "CanvasText", "link": "LinkText", "link-hover": "LinkText",
    "focus": "Highlight", "focus-under": "Canvas", "note": "Canvas", "note-edge": "CanvasText",
    "land": "Canvas", "water": "Canvas", "line": "CanvasText", "green": "Canvas",
    "stream": "CanvasText", "road": "CanvasText",
    **{f"r{code}": "Canvas" for code in range(1, 7)},
    **{f"i{code}": "CanvasText" for code in range(1, 7)},
    "i5": "Canvas",
    **{f"q{step}": "Canvas" for step in range(1, 6)},
    "asset": "CanvasText", "scheme": "CanvasText",
}  # fmt: skip
"""Where the reader's system chooses the colours, patterns alone tell."""

MORE_CONTRAST = {"line": "#000000", "soft": "#1a1d21", "rule": "#1a1d21", "edge": "#1a1d21"}

STEPS = 5

PATTERNS = {
    1: ('<path d="M-2 2l4-4M0 10L10 0M8 12l4-4" class="ink" stroke-width="1.8"/>', 10),
    2: ('<circle cx="3" cy="3" r="1.5" class="dot"/><circle cx="9" cy="9" r="1.5" class="dot"/>',
        12),
    3: ('<path d="M0 4h8" class="ink" stroke-width="1.2"/>', 8),
    4: ('<path d="M4 0v8" class="ink" stroke-width="1.2"/>', 8),
    5: ("", 8),
    6: ('<path d="M0 0l8 8M8 0L0 8" class="ink" stroke-width="0.8"/>', 8),
}  # fmt: skip
"""What is drawn on each fill, and the side of the square it repeats in."""

STILL_SCALE = 11
"""The still map is drawn in tenths of units: its patterns must be as much larger."""

DENSITIES = {1: 0.0, 2: 0.6, 3: 1.1, 4: 1.8, 5: 2.8}
"""Radius of the dots of each step, shown where colours are the system's."""


MARKS = (
    "0,-1 .5,-.87 .87,-.5 1,0 .87,.5 .5,.87 0,1 -.5,.87 -.87,.5 -1,0 -.87,-.5 -.5,-.87",
    "-.85,-.85 .85,-.85 .85,.85 -.85,.85",
    "0,-1.15 1.15,0 0,1.15 -1.15,0",
    "0,-1.15 1.1,.8 -1.1,.8",
    "-1.1,-.8 1.1,-.8 0,1.15",
    "-.4,-1.1 .4,-1.1 .4,-.4 1.1,-.4 1.1,.4 .4,.4 .4,1.1 -.4,1.1 -.4,.4 -1.1,.4 -1.1,-.4 -.4,-.4",
    "0,-1.1 1.05,-.34 .65,.89 -.65,.89 -1.05,-.34",
    "0,-1.3 .35,-.4 1.25,-.4 .55,.2 .8,1.1 0,.55 -.8,1.1 -.55,.2 -1.25,-.4 -.35,-.4",
    "-.5,-1.1 .5,-1.1 .5,1.1 -.5,1.1",
    "-1.2,-.5 1.2,-.5 1.2,.5 -1.2,.5",
    "-1,-1 0,-.4 1,-1 .4,0 1,1 0,.4 -1,1 -.4,0",
)
"""Outlines of the marks of themes on the map, a unit around the middle; told apart by shape."""


def variables(colours: dict[str, str]) -> str:
    """Colours as CSS custom properties."""
    return "".join(f"--{name}:{value};" for name, value in colours.items())


def pattern_defs(*, steps: bool = True) -> str:
    """The patterns as SVG definitions, shared by every drawing on the page.

    Those of results, and with ``steps`` those of figures in classes, which only a map shows.
    """
    results = "".join(
        f'<pattern id="pr{code}" class="pr{code}" width="{side}" height="{side}" '
        f'patternUnits="userSpaceOnUse"><rect width="{side}" height="{side}" class="ground"/>'
        f"{mark}</pattern>"
        for code, (mark, side) in PATTERNS.items()
    )
    classes = "".join(
        f'<pattern id="pq{step}" class="pq{step}" width="8" height="8" '
        f'patternUnits="userSpaceOnUse"><rect width="8" height="8" class="ground"/>'
        f'<circle cx="4" cy="4" r="{radius}" class="density"/></pattern>'
        for step, radius in DENSITIES.items()
    )
    large = "".join(
        f'<pattern id="sr{code}" href="#pr{code}" patternTransform="scale({STILL_SCALE})"/>'
        for code in PATTERNS
    )
    return results + (classes if steps else "") + large
