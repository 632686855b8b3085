"""The figures of a report, drawn once as SVG and as PNG; each says in words what it shows."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path as Outline

from assetmap.publish.report_blocks import Figure
from assetmap.publish.style import LIGHT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assetmap.publish.places import Place
    from assetmap.publish.scene import Scene
    from assetmap.publish.summary import Nearness

HATCHES = {1: "////", 2: "..", 3: "---", 4: "|||", 5: "", 6: "xx"}
"""As on the page: results differ without their colours."""
STEPS = 5
DOTS_PER_INCH = 160
WIDE_IN, HIGH_IN = 6.3, 4.6
SETTINGS: dict[Any, Any] = {
    "font.family": ["DejaVu Sans"], "font.size": 8, "svg.hashsalt": "assetmap",
    "svg.fonttype": "path", "hatch.linewidth": 0.8, "text.parse_math": False,
}  # fmt: skip
"""Own texts are never read as formulas; the same figure gives the same bytes."""

LONGEST_LABEL = 60


def map_of_results(scene: Scene, *, numbers: Mapping[str, int]) -> Figure:
    """Every neighbourhood with its result; those that are listed in the text have a number."""
    shapes = scene.edition.own.set_index("area_id").geometry
    groups = [(tally, its) for tally, its in scene.groups if its]
    with mpl.rc_context(SETTINGS):
        drawing, axes = _frame()
        for tally, its in groups:
            for place in its:
                _area(axes, shapes[place.area_id], code=tally.code)
        for area, number in sorted(numbers.items(), key=lambda item: item[1]):
            point = shapes[area].representative_point()
            axes.annotate(
                str(number), (point.x, point.y), ha="center", va="center", fontweight="bold",
                bbox={"boxstyle": "circle,pad=0.2", "fc": "white", "ec": LIGHT["ink"], "lw": 0.6},
            )  # fmt: skip
        keys = [
            Patch(facecolor=LIGHT[f"r{tally.code}"], edgecolor=LIGHT[f"i{tally.code}"],
                  hatch=HATCHES[tally.code], label=f"{tally.short[:LONGEST_LABEL]} ({len(its)})")
            for tally, its in groups
        ]  # fmt: skip
        _key(axes, keys)
        said = [
            f"{tally.short}: {scene.words.joined([place.place for place in its])}."
            for tally, its in groups
        ]
        caption = scene.words.say("report.map_results")
        return _figure(drawing, caption, f"{caption}. {' '.join(said)}")


def map_of_scores(scene: Scene) -> Figure | None:
    """Every neighbourhood by its access score, in five equal steps; None where none has one."""
    shapes = scene.edition.own.set_index("area_id").geometry
    scored = {place.area_id: place for place in scene.places if place.score is not None}
    if not scored:
        return None
    say = scene.words.say
    with mpl.rc_context(SETTINGS):
        drawing, axes = _frame()
        for place in scene.places:
            step = _step(place)
            colour = LIGHT[f"q{step}"] if step else LIGHT["r6"]
            _patch(axes, shapes[place.area_id], fill=colour, hatch="" if step else "xx")
        keys = [
            Patch(facecolor=LIGHT[f"q{step}"], edgecolor=LIGHT["line"],
                  label=say("report.step", low=f"{(step - 1) / STEPS:.1f}",
                            high=f"{step / STEPS:.1f}"))
            for step in range(1, STEPS + 1)
        ]  # fmt: skip
        _key(axes, keys)
        caption = say("report.map_scores")
        said = [
            say("report.scored", n=sum(_step(place) == step for place in scored.values()),
                low=f"{(step - 1) / STEPS:.1f}", high=f"{step / STEPS:.1f}")
            for step in range(1, STEPS + 1)
        ]  # fmt: skip
        return _figure(drawing, caption, f"{caption}. {' '.join(said)}")


def chart_of_nearness(rows: Sequence[Nearness], scene: Scene) -> Figure | None:
    """How many of a hundred people are near each service; None where nothing is measured."""
    shown = sorted((row for row in rows if row.share is not None), key=_share)
    if not shown:
        return None
    say = scene.words.say
    with mpl.rc_context(SETTINGS):
        drawing = Drawing(figsize=(WIDE_IN, 0.5 + 0.26 * len(shown)), layout="constrained")
        axes = drawing.add_subplot()
        labels = [row.label[:LONGEST_LABEL] for row in shown]
        bars = axes.barh(range(len(shown)), [100 * _share(row) for row in shown],
                         color=LIGHT["q4"], edgecolor=LIGHT["line"])  # fmt: skip
        axes.set_yticks(range(len(shown)), labels)
        axes.bar_label(bars, [f"{100 * _share(row):.0f}" for row in shown], padding=3)
        axes.set_xlim(0, 110)
        axes.set_xlabel(say("report.of_hundred"))
        axes.spines[["top", "right"]].set_visible(False)
        caption = say("report.chart_near")
        said = "; ".join(f"{row.label}: {100 * _share(row):.0f}" for row in reversed(shown))
        return _figure(drawing, caption, f"{caption}. {say('report.of_hundred')}: {said}.")


def _share(row: Nearness) -> float:
    return row.share or 0.0


def _step(place: Place) -> int:
    """1 to 5 for a score of 0 to 1; 0 where there is none."""
    return 0 if place.score is None else min(int(place.score * STEPS) + 1, STEPS)


def _frame() -> tuple[Drawing, Any]:
    drawing = Drawing(figsize=(WIDE_IN, HIGH_IN), layout="constrained")
    axes = drawing.add_subplot()
    axes.set_aspect("equal")
    axes.set_axis_off()
    return drawing, axes


def _area(axes: Any, shape: Any, *, code: int) -> None:  # noqa: ANN401 - no types to give
    _patch(axes, shape, fill=LIGHT[f"r{code}"], hatch=HATCHES[code], ink=LIGHT[f"i{code}"])


def _patch(axes: Any, shape: Any, *, fill: str, hatch: str, ink: str = LIGHT["line"]) -> None:  # noqa: ANN401
    rings = [ring for part in shapely.get_parts(shape) for ring in (part.exterior, *part.interiors)]
    outline = Outline.make_compound_path(*(Outline(ring.coords, closed=True) for ring in rings))
    axes.add_patch(PathPatch(outline, facecolor=fill, edgecolor=ink, hatch=hatch, linewidth=0))
    axes.add_patch(PathPatch(outline, facecolor="none", edgecolor=LIGHT["line"], linewidth=0.7))
    axes.update_datalim(outline.vertices)
    axes.autoscale_view()


def _key(axes: Any, keys: list[Patch]) -> None:  # noqa: ANN401 - matplotlib has no types to give
    axes.legend(
        handles=keys, loc="upper center", bbox_to_anchor=(0.5, 0), ncols=2, frameon=False,
        handleheight=1.4, handlelength=2.2,
    )  # fmt: skip


def _figure(drawing: Drawing, caption: str, alternative: str) -> Figure:
    FigureCanvasAgg(drawing)
    svg, png = io.BytesIO(), io.BytesIO()
    drawing.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
    drawing.savefig(png, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})
    return Figure(caption, alternative, svg.getvalue(), png.getvalue())
