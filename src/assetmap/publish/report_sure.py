"""How fair and how sure: what a report says of gaps, of margins and of what was shaken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.publish.plain import plain, shown
from assetmap.publish.report_blocks import Block, Table, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from assetmap.publish.scene import Scene

CLEAR, BORDERLINE = 0.8, 0.5
"""From which share of reruns a flag is called clear, or borderline."""
ENDS = ("01 most deprived tenth", "10 least deprived tenth")


def how_fair(scene: Scene) -> Iterator[Block]:
    """What the most and the least deprived tenth of people have, side by side."""
    say = scene.words.say
    held = scene.edition.more.get("fairness")
    found = () if held is None else tuple(_ends(held[1], scene))
    if not found:
        yield Words(say("report.no_fair"))
        return
    yield Words(say("report.fair_intro"))
    head = (say("report.service"), say("report.most"), say("report.least"), say("report.range"))
    yield Table(say("report.fair_caption"), head, found, (40, 18, 18, 24))


def _ends(table: pd.DataFrame, scene: Scene) -> Iterator[tuple[str, ...]]:
    """Means of the two end tenths, of everything that both are told of."""
    words = scene.words
    means = table[(table["by"] == "deprivation") & (table["measure"] == "mean")]
    for name, rows in means.groupby("of_what", sort=True):
        by_group = {str(row["group"]): row for row in rows.to_dict("records")}
        if not all(end in by_group for end in ENDS):
            continue
        most, least = (by_group[end] for end in ENDS)
        unit = "" if str(most["unit"]) == "share" else f" {words.told(str(most['unit']))}"
        first, second, low, high = (
            words.number(f"{figure:.2f}")
            for figure in (most["value"], least["value"], most["low"], most["high"])
        )
        span = words.say("report.step", low=low, high=high)
        yield words.told(shown(name)), f"{first}{unit}", f"{second}{unit}", span


def how_sure(scene: Scene) -> Iterator[Block]:
    """How often each flag stands when uncertain inputs are shaken, where that was tried.

    Never a bare percentage: a word, then how many reruns of how many.
    """
    say = scene.words.say
    held = scene.edition.more.get("robustness")
    if held is None:
        yield Words(say("report.not_shaken"))
        return
    told = tuple(_stands(scene, held[1]))
    yield Words(say("report.sure_intro"))
    head = (say("report.neighbourhood"), say("report.how_sure"), say("report.reruns"),
            say("report.reference"))  # fmt: skip
    yield Table(say("report.sure_caption"), head, told, (34, 20, 26, 20))
    if "sensitivity" in scene.edition.more:
        yield _one_at_a_time(scene, scene.edition.more["sensitivity"][1])


def _one_at_a_time(scene: Scene, table: pd.DataFrame) -> Table:
    say, said = scene.words.say, scene.words.told
    ordered = table.sort_values(["assumption", "value"], kind="stable").to_dict("records")
    told = tuple(
        (said(plain(row["assumption"])),
         say("sensitivity.own") if row["own"] else said(plain(row["value"])),
         str(row["flagged"]), str(row["joins"]), str(row["leaves"]), f"{row['jaccard']:.2f}")
        for row in ordered
    )  # fmt: skip
    names = ("assumption", "value", "flagged", "joins", "leaves", "jaccard")
    head = tuple(say(f"sensitivity.{name}") for name in names)
    return Table(say("sensitivity.caption"), head, told, (32, 24, 11, 11, 11, 11),
                 say("sensitivity.intro"))  # fmt: skip


def _stands(scene: Scene, table: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    """Each area that was flagged in any rerun, in the order of the page."""
    say = scene.words.say
    rows = {str(row["area_id"]): row for row in table.to_dict("records")}
    for place in scene.places:
        row = rows.get(place.area_id, {})
        share, draws = float(row.get("robustness", 0) or 0), int(row.get("draws", 0))
        if share > 0:
            reruns = say("report.stands", n=round(share * draws), draws=draws)
            found = f"{place.area_id}:sure"
            yield place.place, say(f"report.{_word(share)}"), reruns, found


def _word(share: float) -> str:
    return "clear" if share >= CLEAR else "borderline" if share >= BORDERLINE else "either_way"
