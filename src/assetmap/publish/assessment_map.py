"""The map of an assessment: who gains, who loses, and where; with a scale and a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from assetmap.publish.shapes import Frame, light_areas

if TYPE_CHECKING:
    from assetmap.frames.assessed import Assessed, Ground
    from assetmap.publish.words import Words

WIDTH = 640
MOST_POINTS = 5_000
ROUNDED_M = (200, 500, 1_000, 2_000, 5_000, 10_000, 20_000)
GAIN, LOSE, PLAIN, LINE, INK = "#9fd3a4", "url(#lose)", "#f1f1ee", "#8a8a84", "#111111"
FOOT, TEXT = 660, 230
"""How high the foot is, and its letters: large enough to be read on a phone, a tenth as wide."""


def assessment_map(assessed: Assessed, ground: Ground, words: Words) -> Markup:
    """A drawing without a script or a style of its own: it stands on the page and on paper."""
    own = ground.areas[ground.areas["role"] == "study"]
    frame = Frame.around(own.total_bounds, width=WIDTH)
    shapes = light_areas(own.set_index("area_id").geometry, most_points=MOST_POINTS)
    gained = assessed.tables["gains"].set_index("area_id")
    body = Markup()
    for area_id in own["area_id"]:
        body += Markup('<path fill="{}" stroke="{}" stroke-width="6" d="{}"/>').format(
            _fill(gained, area_id), LINE, frame.path(shapes[area_id])
        )
    for site in assessed.sites.geometry.dropna():
        body += _site(site, frame)
    body += _foot(frame, words)
    box = f"0 0 {frame.width * 10} {frame.height * 10 + FOOT}"
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{}" role="img" aria-label="{}">'
        '<defs><pattern id="lose" width="70" height="70" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="70" height="70" fill="#f7ded0"/>'
        '<rect width="28" height="70" fill="#b5542a"/></pattern></defs>{}</svg>'
    ).format(box, words.say("assess.map", place=ground.place), body)


def _fill(gained: object, area_id: str) -> str:
    row = gained.loc[area_id] if area_id in gained.index else None  # type: ignore[attr-defined]
    if row is None:
        return PLAIN
    if row["no_longer_within"] > row["newly_within"]:
        return LOSE
    return GAIN if row["newly_within"] > 0 else PLAIN


def _site(shape: object, frame: Frame) -> Markup:
    if getattr(shape, "geom_type", "") == "LineString":
        return Markup('<path fill="none" stroke="{}" stroke-width="40" d="{}"/>').format(
            INK, frame.path(shape)
        )
    x, y = frame.point(shape.centroid)  # type: ignore[attr-defined]
    return Markup(
        '<circle cx="{0}" cy="{1}" r="95" fill="#ffffff" stroke="{2}" stroke-width="45"/>'
    ).format(round(x * 10), round(y * 10), INK)


def _foot(frame: Frame, words: Words) -> Markup:
    """The key and the scale, two beside two under the drawing."""
    top, right = frame.height * 10 + 120, frame.width * 5
    body = Markup()
    for at, (fill, key) in enumerate(((GAIN, "key_gain"), (LOSE, "key_lose"))):
        body += Markup(
            '<rect x="{}" y="{}" width="240" height="160" fill="{}" stroke="{}" stroke-width="6"/>'
        ).format(at * right + 40, top, fill, LINE)
        body += _said(at * right + 340, top, words.say(f"assess.{key}"))
    top += 280
    body += Markup(
        '<circle cx="160" cy="{}" r="75" fill="#ffffff" stroke="{}" stroke-width="40"/>'
    ).format(top + 80, INK)
    body += _said(340, top, words.say("assess.key_site"))
    metres = max(one for one in ROUNDED_M if one * frame.scale <= frame.width / 4 or one == 200)  # noqa: PLR2004
    length = round(metres * frame.scale * 10)
    body += Markup('<path d="M{} {}h{}" stroke="{}" stroke-width="30"/>').format(
        right + 40, top + 80, length, INK
    )
    scale = words.say("assess.scale", km=f"{metres / 1000:g}")
    return body + _said(right + 140 + length, top, scale)


def _said(x: float, top: float, text: str) -> Markup:
    return Markup('<text x="{}" y="{}" font-size="{}" font-family="sans-serif">{}</text>').format(
        round(x), round(top + 150), TEXT, text
    )
