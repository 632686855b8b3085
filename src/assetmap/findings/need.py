"""Leg 1, need: how deprived an area is within the nation, its region and its authority."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from assetmap.errors import Fault, JoinError, MethodError, nearest_name
from assetmap.findings.transform import decile_of, rank_of, weighted_score
from assetmap.frames import table_of
from assetmap.frames.among import among
from assetmap.frames.results import NEED
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assetmap.findings.indices import Index

SMALL_SET = 10
ONE = {"nation": "a nation", "region": "a region", "authority": "an authority", "named": "a set"}
WITHOUT_ACCESS = "without_access"
CROSSED = {"U": "unchanged", "S": "inherited", "M": "averaged"}
ABSENT = {
    "idaci": "income deprivation of children: the file holds no ranks of it",
    "idaopi": "income deprivation of older people: the file holds no ranks of it",
}


def rank_need(
    deprivation: pd.DataFrame,
    membership: pd.DataFrame,
    *,
    area_ids: Iterable[str],
    index: Index,
    basis: str = WITHOUT_ACCESS,
    named: Sequence[str] = (),
) -> Told[pd.DataFrame]:
    """The place of each area within every reference set, by one basis of deprivation: NEED.

    Percentile = 100 rank / N and decile = ceil(10 rank / N) within the set; rank 1 is the most
    deprived and areas that tie share the least rank. A published basis keeps its published
    ranks and deciles in the nation's set.

    Parameters
    ----------
    deprivation
        DEPRIVATION of the whole nation, long.
    membership
        GEOGRAPHY with the levels ``region`` and ``authority``, of the whole nation.
    area_ids
        The areas that rows are wanted for.
    index
        The edition that ``deprivation`` holds.
    basis
        ``imd``; ``without_access`` (or its name in the nation, ``imd_ex_barriers``): the index
        without the domain that holds access already, and the index itself, with a caution,
        where that cannot be made; or any domain of the file.
    named
        Codes of authorities that make a set of the study's own choosing; none, no such set.

    Raises
    ------
    MethodError
        For a basis the file does not hold, or authorities that are not known.
    JoinError
        Where no area is in the index, or the index has fewer areas than the table.

    References
    ----------
    English Indices of Deprivation 2025: technical report.
    """
    wanted = pd.Index(sorted(set(area_ids)), name="area_id")
    national, made, cautions = _national(deprivation, index=index, basis=basis)
    cautions += _unmatched(wanted, national.index, index)
    sets = _sets(national.index, membership, named=named)
    rows = []
    for reference, unit in sets.items():
        place = _within(national, unit) if reference != "nation" else national
        here = place[place.index.isin(wanted)]
        rows.append(here.assign(reference=reference))
        cautions += _of_set(here, wanted.intersection(national.index), reference)
    table = pd.concat(rows).rename_axis("area_id").reset_index()
    table["basis"] = made
    table["percentile"] = 100 * table["rank"] / table["of"]
    table["crosswalk_status"] = "published"
    return Told(table_of(NEED, {name: table[name] for name in NEED.names}), tuple(cautions))


def with_crosswalk_status(need: pd.DataFrame, status: pd.Series | None) -> pd.DataFrame:
    """NEED with how each area's index came from another vintage; as it is where it did not.

    Parameters
    ----------
    status
        Letters of the lookup by ``area_id``, of
        :func:`assetmap.findings.crosswalk.rank_across_vintages`; None where it is published.
    """
    if status is None:
        return need
    told = need.assign(crosswalk_status=need["area_id"].map(status).map(CROSSED))
    return table_of(NEED, {name: told[name] for name in NEED.names})


def _national(
    deprivation: pd.DataFrame, *, index: Index, basis: str
) -> tuple[pd.DataFrame, str, list[Caution]]:
    """Rank, size and decile of every area of the nation; the basis used; what must be said."""
    held = deprivation["area_id"].nunique()
    if index.areas is not None and held > index.areas:
        what = f"{held} areas in the table, {index.areas} in the {index.title}"
        raise JoinError(Fault(what=what, attempt="name the edition that the file holds"))
    if basis not in (WITHOUT_ACCESS, index.without_access):
        return _published(deprivation, basis, index=index), basis, _partial(held, index)
    try:
        score = weighted_score(deprivation, index.weights_without_access, index=index)
    except MethodError as error:
        caution = _caution_itself(index, error)
        cautions = [caution, *_partial(held, index)]
        return _published(deprivation, "imd", index=index), "imd", cautions
    rank = rank_of(score / sum(index.weights_without_access.values()))
    whole = pd.DataFrame({"rank": rank, "of": held})
    whole["decile"] = decile_of(whole["rank"].to_numpy(), of=held)
    return whole, index.without_access, []


def _published(deprivation: pd.DataFrame, basis: str, *, index: Index) -> pd.DataFrame:
    """Ranks and deciles as published, untouched."""
    rows = deprivation[deprivation["domain"] == basis].set_index("area_id")
    if rows.empty:
        known = sorted(deprivation["domain"].unique())
        why = ABSENT.get(basis, f"the file of the {index.title} holds no domain '{basis}'")
        hint = nearest_name(basis, known) or f"one of {', '.join(known)}"
        raise MethodError(Fault(what=f"basis '{basis}': {why}", attempt=hint))
    of = index.areas or len(rows)
    if rows["rank"].max() > of:
        what = f"rank {rows['rank'].max()} in an index of {of} areas"
        raise JoinError(Fault(what=what, attempt="name the edition that the file holds"))
    return rows[["rank", "decile"]].assign(of=of)


def _sets(
    national: pd.Index, membership: pd.DataFrame, *, named: Sequence[str]
) -> dict[str, pd.Series]:
    """For each reference, the set that each area of the nation belongs to."""
    sets = {"nation": pd.Series("nation", index=national)}
    for level in ("region", "authority"):
        rows = membership[membership["level"] == level]
        ranked = rows[among(rows["area_id"], national)]
        sets[level] = ranked.set_index("area_id")["unit_id"]
    if named:
        known = set(sets["authority"])
        faults = [
            Fault(
                what=f"reference set names '{code}', no such authority in the index",
                attempt=nearest_name(code, known) or "use the codes of the index's own year",
            )
            for code in named
            if code not in known
        ]
        if faults:
            raise MethodError(faults)
        inside = sets["authority"][sets["authority"].isin(list(named))]
        sets["named"] = pd.Series("named", index=inside.index)
    return sets


def _within(national: pd.DataFrame, unit: pd.Series) -> pd.DataFrame:
    """Rank, size and decile of each area within its unit, ordered by the national rank."""
    ranks = national["rank"].loc[unit.index]
    groups = ranks.groupby(unit)
    whole = pd.DataFrame(
        {
            "rank": groups.rank(method="min").astype("int64"),
            "of": groups.transform("size").astype("int64"),
        }
    )
    whole["decile"] = decile_of(whole["rank"].to_numpy(), of=whole["of"].to_numpy())
    return whole


def _unmatched(wanted: pd.Index, known: pd.Index, index: Index) -> list[Caution]:
    missing = wanted.difference(known)
    if len(wanted) and len(missing) == len(wanted):
        what = f"none of {len(wanted)} areas is in the {index.title}, for example {wanted[0]}"
        attempt = "areas of another vintage? name the exact-fit lookup as areas.crosswalk"
        raise JoinError(Fault(what=what, where="table DEPRIVATION", attempt=attempt))
    if not len(missing):
        return []
    text = (
        f"{len(missing)} areas are not in the {index.title}: how deprived they are is not known, "
        f"so no finding is made for them (for example {missing[0]})."
    )
    return [Caution(code="need_unmatched", about=index.id, text=text, count=len(missing))]


def _of_set(here: pd.DataFrame, wanted: pd.Index, reference: str) -> list[Caution]:
    cautions = []
    outside = len(wanted.difference(here.index))
    if outside and reference != "named":
        text = f"{outside} areas belong to no {reference} here: they are not ranked within one."
        cautions.append(
            Caution(code="need_no_set", about=f"need: {reference}", text=text, count=outside)
        )
    small = int((here["of"] < SMALL_SET).sum())
    if small:
        text = (
            f"{small} areas are ranked within {ONE[reference]} of fewer than {SMALL_SET} areas: "
            "tenths and fifths of so few say little."
        )
        cautions.append(
            Caution(code="need_small_set", about=f"need: {reference}", text=text, count=small)
        )
    return cautions


def _partial(held: int, index: Index) -> list[Caution]:
    if index.areas is None or held == index.areas:
        return []
    text = (
        f"The file holds {held} of the {index.areas} areas of the {index.title}: places in the "
        "nation are as published, places in a region or authority are among the areas held."
    )
    return [Caution(code="need_partial", about=index.id, text=text, count=index.areas - held)]


def _caution_itself(index: Index, error: MethodError) -> Caution:
    text = (
        f"The {index.title} could not be made without its access domain ({error.faults[0].what}):"
        " the index itself is used, so access counts a little in need as well."
    )
    return Caution(code="need_with_access", about=index.id, text=text)


def methods(index: Index, *, basis: str) -> list[dict[str, str]]:
    """The METHODS rows of this leg."""
    weights = ", ".join(f"{name} {weight:g}" for name, weight in index.weights)
    return [
        {
            "name": "Need: deprivation within a reference set",
            "formula": "percentile = 100 rank / N; decile = ceil(10 rank / N); ties share the "
            "least rank; published deciles unchanged",
            "settings": f"{index.title}, basis {basis}; weights {weights}",
            "source": index.source,
            "status": index.status,
        },
        {
            "name": "Index without its access domain",
            "formula": "Σ w E(rank) / Σ w over the other domains, E = -23 ln(1 - R(1 - e^(-100/23"
            "))), R = (N - rank + 1)/N"
            if index.combines == "ranks"
            else "Σ w s / Σ w over the other domains, s the published domain score",
            "settings": f"leaves out {index.access_domain}",
            "source": "Design choice, so that access is not counted twice",
            "status": "design choice",
        },
    ]
