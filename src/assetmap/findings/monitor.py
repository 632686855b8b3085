"""Before and now: why each area's level is another, and whether gaps have narrowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from assetmap.findings.equity.names import ABSOLUTE, FIFTHS, SII, TENTHS
from assetmap.frames import table_of
from assetmap.frames.comparison import ABSENT, COMPARISON, GAPS
from assetmap.frames.fairness import COMPUTED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

SAME = 1e-6
OWN = ("share_within", "nearest", "theme_met")
MARGINS = ("need_margin", "access_margin", "relative_margin", "benefit_min")
CHOICES = ("rules", "standards", "travel", "origins", "areas")
INDEX = "deprivation"
WATCHED = (f"{ABSOLUTE} {FIFTHS}", f"{ABSOLUTE} {TENTHS}", SII)


class Then(NamedTuple):
    """One run, as its folder tells it.

    Attributes
    ----------
    findings, access, fairness
        FINDINGS with ``place``, AREA_ACCESS and FAIRNESS as they were written.
    sources
        ``id``, ``kind``, ``vintage``, ``sha256`` of every file that was read.
    choices
        The study's settings by part.
    code
        Which code made the steps.
    """

    findings: pd.DataFrame
    access: pd.DataFrame
    fairness: pd.DataFrame
    sources: pd.DataFrame
    choices: Mapping[str, Any]
    code: str


class Changed(NamedTuple):
    """What is another between two runs, each in words.

    ``data``: files of the same day with another content, and files that came or went. ``later``:
    the same source of a later day. ``method``: choices and code. ``edition``: the index of
    deprivation is of another edition.
    """

    data: tuple[str, ...]
    later: tuple[str, ...]
    method: tuple[str, ...]
    edition: bool


def changed(before: Then, after: Then) -> Changed:
    """What is another: by hashes and dates of files, and by the settings as they were printed."""
    old, new = (one.sources.set_index("id").sort_index() for one in (before, after))
    data = [f"'{name}' is no longer read" for name in old.index.difference(new.index)]
    data += [f"'{name}' is read for the first time" for name in new.index.difference(old.index)]
    later, edition = [], False
    for name in old.index.intersection(new.index):
        was, now = old.loc[name], new.loc[name]
        if was["vintage"] != now["vintage"]:
            edition |= now["kind"] == INDEX
            later.append(f"'{name}' is of {now['vintage']}, and was of {was['vintage']}")
        elif was["sha256"] != now["sha256"]:
            data.append(f"'{name}' has another content of the same day ({now['vintage']})")
    named = {str(one["kind"]) for frame in (old, new) for one in frame.to_dict("records")}
    edition |= INDEX in named and set(old.index[old["kind"] == INDEX]) != set(
        new.index[new["kind"] == INDEX]
    )
    return Changed(tuple(data), tuple(later), _method(before, after), edition)


def _method(before: Then, after: Then) -> tuple[str, ...]:
    said = []
    for part in CHOICES:
        was, now = before.choices.get(part) or {}, after.choices.get(part) or {}
        said += [
            f"{part}.{name} is {now.get(name)}, and was {was.get(name)}"
            for name in sorted({*was, *now})
            if was.get(name) != now.get(name)
        ]
    return (*said, *(("the toolkit is of another version",) if before.code != after.code else ()))


def compare_runs(before: Then, after: Then) -> pd.DataFrame:
    """COMPARISON of two runs of one place.

    A level that is another has one of four causes. Where the method changed and also the data,
    or data of the same day and of a later one, no table of results can tell them apart: the row
    says so, and to run the study with one change at a time. ``real`` is said only where nothing
    changed but the same sources at a later day, and what the area's own people reach is another.
    ``others moved``: what its own people reach is as it was, and only its place among the others
    is another. A need that turned with another edition of the index is the method's: editions
    are never taken as one series.
    """
    what = changed(before, after)
    old, new = (one.findings.set_index("area_id") for one in (before, after))
    ids = old.index.union(new.index).sort_values()
    own = _own_changed(before, after, ids)
    table = pd.DataFrame({"area_id": ids})
    places = new["place"].reindex(ids).fillna(old["place"].reindex(ids))
    table["place"] = places.to_numpy()
    table["level_before"] = old["level"].reindex(ids).fillna(ABSENT).to_numpy()
    table["level_after"] = new["level"].reindex(ids).fillna(ABSENT).to_numpy()
    table["own_values_changed"] = own
    for name in MARGINS:
        table[f"{name}_before"] = old[name].reindex(ids).to_numpy(np.float64)
        table[f"{name}_after"] = new[name].reindex(ids).to_numpy(np.float64)
    turned = (
        old["need"].reindex(ids).eq(True).to_numpy() != new["need"].reindex(ids).eq(True).to_numpy()
    )
    told = [
        _cause(row, what, need_turned=bool(turn))
        for row, turn in zip(table.to_dict("records"), turned, strict=True)
    ]
    table["cause"], table["why"] = [one for one, _ in told], [two for _, two in told]
    return table_of(COMPARISON, {name: table[name] for name in COMPARISON.names})


def _own_changed(before: Then, after: Then, ids: pd.Index) -> NDArray[np.bool_]:
    """Whether what each area's own people reach, or save by schemes, is another."""
    wide = []
    for run in (before, after):
        rows = run.access[run.access["measure"].isin(OWN) & run.access["profile"].eq("standard")]
        named = rows.assign(name=rows["measure"] + ": " + rows["category"])
        values = named.pivot_table(
            index="area_id", columns="name", values="value", aggfunc="first"
        ).reindex(ids)
        saved = run.findings.set_index("area_id")["benefit_min"].reindex(ids)
        wide.append(values.assign(saved=saved))
    old, new = wide[0].align(wide[1], join="outer", axis=1)
    apart = (old - new).abs().gt(SAME) | (old.isna() != new.isna())
    changed_here: NDArray[np.bool_] = apart.any(axis="columns").to_numpy(dtype=bool)
    return changed_here


def _cause(row: Mapping[Any, Any], what: Changed, *, need_turned: bool) -> tuple[str, str]:
    """One of the causes, and the sentence that says it."""
    if row["level_before"] == row["level_after"]:
        return "none", "The level is as it was."
    causes = _causes(what, own=bool(row["own_values_changed"]), need_turned=need_turned)
    if not causes:
        return _without_own(row, what)
    if len(causes) > 1:
        return "cannot be told apart", (
            f"{'; and '.join(causes.values())}. Run the study with one change at a time."
        )
    cause, said = next(iter(causes.items()))
    return cause, f"{said[0].upper()}{said[1:]}."


def _causes(what: Changed, *, own: bool, need_turned: bool) -> dict[str, str]:
    """Everything that may lie behind another level, in words by cause."""
    causes = {}
    method = list(what.method)
    if what.edition and need_turned:
        method.append("another edition of the index, and then and now are no series")
    if method:
        causes["method"] = f"how it is worked out changed: {'; '.join(method)}"
    if own and what.data:
        causes["data"] = f"what we know changed: {'; '.join(what.data)}"
    if own and what.later:
        causes["real"] = f"the same sources at a later day: {'; '.join(what.later)}"
    return causes


def _without_own(row: Mapping[Any, Any], what: Changed) -> tuple[str, str]:
    """What is left where nothing of the area's own changed, and no method."""
    if ABSENT in {row["level_before"], row["level_after"]} or not (what.data or what.later):
        return "data", "The areas of the study are others than they were."
    return "others moved", (
        "What its own people reach is as it was: only its place among the others is another."
    )


def compare_gaps(before: Then, after: Then) -> pd.DataFrame:
    """GAPS: the gaps of fairness then and now, and whether each has narrowed.

    Nothing is said to have narrowed where the method or the edition of the index is another, or
    where a figure of either run is no plain computed one.
    """
    what = changed(before, after)
    keys = ["of_what", "measure", "by", "group"]
    old, new = (run.fairness[run.fairness["measure"].isin(WATCHED)] for run in (before, after))
    joined = old.merge(new, how="outer", on=keys, validate="1:1", suffixes=("_old", "_new"))
    joined["narrowed"] = [_narrowed(row, what) for row in joined.to_dict("records")]
    joined = joined.rename(columns={"value_old": "before", "value_new": "after"})
    joined["unit"] = joined["unit_new"].fillna(joined["unit_old"]).fillna("")
    return table_of(GAPS, {name: joined[name] for name in GAPS.names})


def _narrowed(row: Mapping[Any, Any], what: Changed) -> str:
    if what.method or what.edition:
        return "not compared: the method or the index is another"
    if row["status_old"] != COMPUTED or row["status_new"] != COMPUTED:
        return "not compared: a figure is not computed, or counts people out of reach"
    was, now = abs(row["value_old"]), abs(row["value_new"])
    if abs(was - now) <= SAME:
        return "no"
    return "yes" if now < was else "no, it is wider"
