"""An index of one vintage of areas on another: what is copied, inherited, averaged or missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.errors import Fault, JoinError
from assetmap.findings.transform import (
    decile_of,
    exponential,
    rank_of,
    scores_by_domain,
    weighted_score,
)  # fmt: skip
from assetmap.frames import table_of
from assetmap.frames.given import CROSSWALK, DEPRIVATION
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assetmap.findings.indices import Index


@dataclass(frozen=True)
class Crossed:
    """An index on areas of another vintage.

    ``deprivation`` is DEPRIVATION on the new areas, ranked anew; ``status`` says by area how it
    came: U copied, S inherited from the area it was split from, M the mean of those merged,
    X irregular (and then without a row in ``deprivation``); ``index`` has the new count of areas.
    """

    deprivation: pd.DataFrame
    status: pd.Series
    index: Index


def turned_towards(
    crosswalk: pd.DataFrame, known: pd.Index, wanted: pd.Index
) -> pd.DataFrame | None:
    """The lookup from the areas of an index to others; None where there is nothing to cross.

    There is something where areas are wanted that the index lacks and the lookup names on one
    side, while the index's own are on the other. It is read in the direction in which more fit.
    """
    missing = wanted.difference(known)
    sides = (crosswalk["from_area_id"], crosswalk["to_area_id"])
    forward, backward = (int(side.isin(missing).sum()) for side in reversed(sides))
    if not forward and not backward:
        return None
    return crosswalk if forward >= backward else reversed_crosswalk(crosswalk)


def reversed_crosswalk(crosswalk: pd.DataFrame) -> pd.DataFrame:
    """The lookup read the other way: what was split is then merged, and what was merged split."""
    turned = crosswalk.rename(columns={"from_area_id": "to_area_id", "to_area_id": "from_area_id"})
    turned = turned.assign(change=turned["change"].replace({"S": "M", "M": "S"}))
    return table_of(CROSSWALK, {name: turned[name] for name in CROSSWALK.names})


def rank_across_vintages(
    deprivation: pd.DataFrame, crosswalk: pd.DataFrame, people: pd.Series, *, index: Index
) -> Told[Crossed]:
    """The index on the areas of the lookup's other side, every basis ranked anew among them.

    Unchanged areas keep their score, split ones inherit it, merged ones take the mean weighted
    by people, irregular ones are missing. Ranks are then made from the scores (ties share the
    least rank), deciles from the ranks: none of them is published. Where the file has ranks
    and no scores, the overall score is made again from the domains and a domain's is its
    exponentially transformed rank.

    Parameters
    ----------
    deprivation
        DEPRIVATION of the whole nation, on the areas of ``from_area_id``.
    crosswalk
        CROSSWALK, exact fit. Areas of other nations in it are left out.
    people
        People by ``from_area_id``.

    Raises
    ------
    JoinError
        Where areas of the index are not in the lookup, or merged ones have no people's number.

    References
    ----------
    ONS, LSOA (2011) to LSOA (2021) exact-fit lookup for England and Wales.
    """
    scores = _scores(deprivation, index=index)
    rows = crosswalk[crosswalk["from_area_id"].isin(scores.index)].copy()
    _refuse_gaps(scores.index, rows, people)
    status = rows.groupby("to_area_id")["change"].agg(_status).rename_axis("area_id")
    usable = rows[~rows["to_area_id"].map(status).eq("X")]
    incomplete = _incomplete(crosswalk, usable)
    usable = usable[~usable["to_area_id"].isin(incomplete)]
    status[status.index.isin(incomplete)] = "X"
    moved = _moved(scores, usable, people)
    moved_index = replace(
        index, areas=len(moved), title=f"{index.title}, on areas of another vintage"
    )
    long = pd.concat([_ranked(moved[domain], str(domain)) for domain in moved.columns])
    table = table_of(DEPRIVATION, {name: long[name] for name in DEPRIVATION.names})
    crossed = Crossed(table, status.rename("crosswalk_status"), moved_index)
    return Told(crossed, _cautions(status, index))


def _scores(deprivation: pd.DataFrame, *, index: Index) -> pd.DataFrame:
    """Scores by domain, made from ranks where the file has none."""
    scores = scores_by_domain(deprivation)
    ranks = deprivation.pivot_table(index="area_id", columns="domain", values="rank")
    for domain in scores.columns[scores.isna().any()]:
        areas = len(ranks)
        names = [name for name, _ in index.weights]
        made_of_ranks = domain == "imd" and index.combines == "ranks"
        if made_of_ranks and all(name in ranks for name in names):
            scores[domain] = weighted_score(deprivation, dict(index.weights), index=index)
        else:
            scores[domain] = exponential(ranks[domain].to_numpy(np.float64), areas=areas)
    return scores


def _status(changes: Sequence[str]) -> str:
    """One letter for an area: its own, or X where the lookup says several."""
    kinds = set(changes)
    return kinds.pop() if len(kinds) == 1 else "X"


def _incomplete(crosswalk: pd.DataFrame, usable: pd.DataFrame) -> list[str]:
    """Areas of which a part lies outside the index."""
    whole = crosswalk.groupby("to_area_id").size()
    here = usable.groupby("to_area_id").size()
    return sorted(here.index[here < whole.reindex(here.index)])


def _refuse_gaps(known: pd.Index, rows: pd.DataFrame, people: pd.Series) -> None:
    faults = []
    lost = known.difference(pd.Index(rows["from_area_id"]))
    if len(lost):
        what = f"{len(lost)} areas of the index are not in the lookup, for example {lost[0]}"
        attempt = "use the exact-fit lookup: the best-fit one leaves areas out"
        faults.append(Fault(what=what, where="table CROSSWALK", attempt=attempt))
    merged = pd.Index(rows.loc[rows["change"] == "M", "from_area_id"])
    unknown = merged.difference(people.dropna().index)
    if len(unknown):
        what = f"{len(unknown)} merged areas have no number of people, for example {unknown[0]}"
        faults.append(Fault(what=what, where="people", attempt="use people of the older areas"))
    if faults:
        raise JoinError(faults)


def _moved(scores: pd.DataFrame, rows: pd.DataFrame, people: pd.Series) -> pd.DataFrame:
    """Scores on the new areas: the mean over the old ones, weighted by people where merged."""
    weight = rows["from_area_id"].map(people).where(rows["change"] == "M", 1.0)
    weight = weight.astype("float64")
    empty = weight.groupby(rows["to_area_id"]).transform("sum") == 0
    weight = weight.mask(empty, 1.0)  # nobody lives in any part: a plain mean
    parts = scores.loc[rows["from_area_id"]].set_index(pd.Index(rows["to_area_id"]))
    parts = parts.mul(weight.to_numpy(), axis="index").sort_index(kind="stable")
    total = weight.groupby(rows["to_area_id"]).sum()
    return parts.groupby(level=0).sum().div(total, axis="index").rename_axis("area_id")


def _ranked(score: pd.Series, domain: str) -> pd.DataFrame:
    ranked = pd.DataFrame({"score": score, "rank": rank_of(score), "domain": domain})
    ranked["decile"] = decile_of(ranked["rank"].to_numpy(), of=len(ranked))
    return ranked.reset_index()


def _cautions(status: pd.Series, index: Index) -> tuple[Caution, ...]:
    counts = status.value_counts()
    changed = {key: int(counts.get(key, 0)) for key in "SMX"}
    text = (
        f"The {index.title} is put on areas of another vintage and ranked anew: "
        f"{changed['S']} inherit from an area that was split, {changed['M']} take the mean of "
        f"areas that were merged, {changed['X']} cannot be followed and are missing."
    )
    return (
        Caution(code="index_crosswalk", about=index.id, text=text, count=sum(changed.values())),
    )


def methods() -> list[dict[str, str]]:
    """The METHODS row of the crossing."""
    return [
        {
            "name": "An index on areas of another vintage",
            "formula": "U copied; S inherits the score; M mean of scores by people; X missing; "
            "then ranked anew",
            "settings": "exact-fit lookup",
            "source": "ONS exact-fit lookup; rules a design choice",
            "status": "design choice",
        }
    ]
