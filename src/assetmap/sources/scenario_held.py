"""The words of a scenario file on how a new place is held, and what a candidate must keep to."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from assetmap.frames import table_of
from assetmap.frames.holdings import GRADES, HOLDINGS, MOST_HOURS, NAMES, OWNERS, REGIMES, TENURES
from assetmap.sources.cells import folded
from assetmap.sources.holding_words import REGIME, TENURE, grade_of, owner_kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd


class Words(BaseModel):
    """What is read once and never changed; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def _known(found: str | None, given: object, known: Sequence[str]) -> str:
    if found is None:
        message = f"'{given}' is none of {', '.join(known)}"
        raise ValueError(message)
    return found


def _owner(given: object) -> str:
    """Of an owner in a file of the council's own, the kind: never a name."""
    return owner_kind(str(given))


def _tenure(given: object) -> str:
    return _known(TENURE.get(folded(str(given))), given, TENURES)


def _regime(given: object) -> str:
    return _known(REGIME.get(folded(str(given))), given, REGIMES)


def _grade(given: object) -> str:
    return _known(grade_of(str(given)), given, GRADES)


def _kind(given: object) -> str:
    """A kind of owner as a rule names it: to the letter, since a rule must not be guessed."""
    return _known(str(given) if str(given) in OWNERS else None, given, OWNERS)


class HeldWords(Words):
    """How a place that is added is held; all of it optional, and what is left out is not known."""

    owner: Annotated[str, BeforeValidator(_owner)] | None = None
    tenure: Annotated[str, BeforeValidator(_tenure)] | None = None
    lease_end: dt.date | None = None
    funding_end: dt.date | None = None
    acv_regime: Annotated[str, BeforeValidator(_regime)] | None = None
    acv_from: dt.date | None = None
    acv_until: dt.date | None = None
    listed: Annotated[str, BeforeValidator(_grade)] | None = None
    hire_cost: float | None = Field(default=None, ge=0)
    hours_free: float | None = Field(default=None, ge=0, le=MOST_HOURS)
    ruled_out: str | None = Field(default=None, min_length=1)

    @model_validator(mode="after")
    def _can_all_hold(self) -> HeldWords:
        acv = self.acv_from or self.acv_until
        wrong = [
            (self.acv_regime and not self.acv_from, "an asset of community value needs acv_from"),
            (acv and not self.acv_regime, "an asset of community value needs acv_regime"),
            (self.acv_from and self.acv_until and self.acv_until < self.acv_from,
             "an asset of community value that ends before it was listed"),
            (self.tenure == "freehold" and self.lease_end, "a freehold with the end of a lease"),
        ]  # fmt: skip
        told = [message for is_wrong, message in wrong if is_wrong]
        if told:
            raise ValueError("; ".join(told))
        return self

    @property
    def held(self) -> dict[str, object]:
        """The facts that are given, days as text."""
        said = self.model_dump(include=set(NAMES), exclude_none=True)
        return {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in said.items()}


class RuleWords(Words):
    """``[rules]``: what each candidate must keep to."""

    lease_until: dt.date | None = None
    funding_until: dt.date | None = None
    owners: tuple[Annotated[str, BeforeValidator(_kind)], ...] = ()
    no_listed: bool = False
    no_acv: bool = False
    hire_cost_most: float | None = Field(default=None, ge=0)
    hours_free_least: float | None = Field(default=None, ge=0, le=MOST_HOURS)


def held_of(edits: Mapping[str, HeldWords]) -> pd.DataFrame:
    """HOLDINGS of what edits add, by ``to_id``; only those of which something is said."""
    said = {to_id: edit.held for to_id, edit in edits.items() if edit.held}
    columns = {name: [one.get(name) for one in said.values()] for name in NAMES}
    return table_of(HOLDINGS, {"to_id": list(said), **columns})
