"""Candidates ruled out, each by the rule of its file that it breaks; nothing is guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from assetmap.frames.holdings import NAMES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from assetmap.frames.holdings import Rules

    Row = Mapping[str, object]
    Told = tuple[str, str | None, str]

RULED = ["to_id", "name", "rule", "found", "wanted"]
LOOSE = ("licence", "tenancy at will")
"""Tenures that may end at any time."""


def ruled_out(
    candidates: pd.DataFrame, rules: Rules, said: Mapping[str, str], *, day: dt.date
) -> pd.DataFrame:
    """The rules that candidates break, a row a candidate and rule; and what could not be checked.

    Parameters
    ----------
    candidates
        ``to_id``, ``name`` and the facts of HOLDINGS; an empty cell is not known.
    said
        Of candidates that the file itself rules out, why.
    day
        The study's day: a listing as an asset of community value that has ended holds no longer.

    Returns
    -------
    DataFrame
        ``rule`` is the fact that it is about, or ``stated``; ``found`` what the candidate has,
        empty where that is not known: such a row rules nothing out, since what is not known is
        no failure. ``wanted`` is what the rule asks for.
    """
    rows = []
    for row in candidates.to_dict("records"):
        facts = {name: None if pd.isna(row[name]) else row[name] for name in NAMES}
        told = list(_told(facts, rules, day.isoformat()))
        if row["to_id"] in said:
            told.append(("stated", said[row["to_id"]], ""))
        rows += [(row["to_id"], row["name"], *one) for one in told]
    return pd.DataFrame(rows, columns=RULED)


def _told(facts: Row, rules: Rules, day: str) -> Iterator[Told]:
    """The rules that are broken; and, with nothing found, those that could not be checked."""
    yield from _of_days(facts, rules)
    if rules.owners and facts["owner"] not in rules.owners:
        yield "owner", _text(facts["owner"]), "; ".join(rules.owners)
    if rules.no_listed and facts["listed"] != "not listed":
        yield "listed", _text(facts["listed"]), "not listed"
    ended = str(facts["acv_until"] or "9999") < day
    if rules.no_acv and not (facts["acv_regime"] and ended):
        yield "acv_regime", _text(facts["acv_regime"]), "not an asset of community value"
    most, least = rules.hire_cost_most, rules.hours_free_least
    cost, free = facts["hire_cost"], facts["hours_free"]
    if most is not None and not (isinstance(cost, float) and cost <= most):
        yield "hire_cost", _text(cost), f"{most:g}"
    if least is not None and not (isinstance(free, float) and free >= least):
        yield "hours_free", _text(free), f"{least:g}"


def _of_days(facts: Row, rules: Rules) -> Iterator[Told]:
    until, paid = rules.lease_until, rules.funding_until
    tenure, lease = facts["tenure"], facts["lease_end"]
    if until is not None and tenure != "freehold":
        held = lease or (tenure if tenure in LOOSE else None)
        if held is None or held in LOOSE or str(held) < until.isoformat():
            yield "lease_end", _text(held), until.isoformat()
    funding = facts["funding_end"]
    if paid is not None and (funding is None or str(funding) < paid.isoformat()):
        yield "funding_end", _text(funding), paid.isoformat()


def _text(value: object) -> str | None:
    return f"{value:g}" if isinstance(value, float) else None if value is None else str(value)
