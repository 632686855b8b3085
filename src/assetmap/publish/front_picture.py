"""The front as a picture: each choice a numbered point, people covered by the most deprived."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    import pandas as pd

    from assetmap.publish.words import Words

WIDE, HIGH, LEFT, FOOT, EDGE = 640, 400, 110, 60, 30
INK, LINE, POINT = "#111111", "#8a8a84", "#1f5f99"


def front_picture(table: pd.DataFrame, words: Words) -> Markup:
    """A drawing without a script or a style of its own: it stands on the page and on paper.

    Both axes run from the least to the greatest of the choices and are named with their ends;
    points carry the number of their row in the table.
    """
    across = _along(table["people"], LEFT, WIDE - EDGE)
    up = _along(table["deprived"], HIGH - FOOT, EDGE)
    points = sorted(zip(across, up, range(1, len(table) + 1), strict=True))
    path = " L".join(f"{x:.1f} {y:.1f}" for x, y, _ in points)
    body = Markup('<path d="M{0} {1}V{2}H{3}" fill="none" stroke="{4}"/>').format(
        LEFT - 20, EDGE - 15, HIGH - FOOT + 20, WIDE - 5, LINE
    )
    body += Markup('<path d="M{}" fill="none" stroke="{}" stroke-dasharray="4 4"/>').format(
        path, POINT
    )
    for x, y, number in points:
        body += Markup('<circle cx="{0:.1f}" cy="{1:.1f}" r="11" fill="{2}"/>').format(x, y, POINT)
        body += _text(x, y + 4.5, str(number), anchor="middle", fill="#ffffff")
    body += _axes(table, words)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" '
        'aria-label="{}">{}</svg>'
    ).format(WIDE, HIGH, words.say("locate.picture"), body)


def _axes(table: pd.DataFrame, words: Words) -> Markup:
    people, deprived = table["people"], table["deprived"]
    low, high = f"{people.min():,.0f}", f"{people.max():,.0f}"
    foot = HIGH - 22
    body = _text(LEFT, foot, low, anchor="middle") + _text(WIDE - EDGE, foot, high, anchor="middle")
    body += _text((LEFT + WIDE) / 2, HIGH - 6, words.say("locate.all"), anchor="middle")
    body += _text(LEFT - 28, HIGH - FOOT + 4, f"{deprived.min():,.0f}", anchor="end")
    body += _text(LEFT - 28, EDGE + 4, f"{deprived.max():,.0f}", anchor="end")
    return body + _text(LEFT - 15, 14, words.say("locate.deprived"), anchor="start")


def _along(values: pd.Series, start: float, end: float) -> list[float]:
    low, high = float(values.min()), float(values.max())
    if high == low:
        return [(start + end) / 2] * len(values)
    return [start + (end - start) * (float(one) - low) / (high - low) for one in values]


def _text(x: float, y: float, text: str, *, anchor: str, fill: str = INK) -> Markup:
    return Markup(
        '<text x="{0:.1f}" y="{1:.1f}" font-size="13" font-family="sans-serif" '
        'text-anchor="{2}" fill="{3}">{4}</text>'
    ).format(x, y, anchor, fill, text)
