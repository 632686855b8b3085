"""``explain --if``: the same study with other choices, what it finds, and who else changes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
from pydantic import ValidationError

from assetmap.errors import Fault, StudyError, nearest_name
from assetmap.study.again import found_with
from assetmap.study.settings import Rules, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

SECTIONS = ("thresholds", "rules", "weights")
FORM = "write it as thresholds.library=800, rules.share_failing=0.4 or weights.green=2"
TELLS = ("level", "reasons", "need_margin", "access_margin", "relative_margin", "benefit_margin")


@dataclass(frozen=True)
class Challenged:
    """One area before and after other choices, and every other area that changes.

    Attributes
    ----------
    changes
        Each choice as it was asked, with what the study itself has.
    before, after
        The area's row of FINDINGS, by column: the level, its reasons and margins.
    others
        Areas whose level changes with it: place, code, level before and after.
    """

    area_id: str
    place: str
    changes: tuple[tuple[str, str, str], ...]
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    others: tuple[Mapping[str, str], ...]

    def told(self) -> dict[str, Any]:
        """The answer, plain enough for JSON."""
        return {
            "area_id": self.area_id,
            "place": self.place,
            "if": [
                {"setting": name, "instead_of": own, "value": value}
                for name, own, value in self.changes
            ],
            "before": dict(self.before),
            "after": dict(self.after),
            "changes": self.before["level"] != self.after["level"],
            "others": [dict(one) for one in self.others],
        }

    def lines(self) -> list[str]:
        """The answer as a person reads it."""
        said = [f"{self.place} ({self.area_id})", ""]
        said += [f"If {name} were {value}, and not {own}:" for name, own, value in self.changes]
        for when, row in (("before", self.before), ("after", self.after)):
            said += ["", f"  {when}: {row['level']}", f"      {row['reasons']}"]
            said += [f"      {name} = {_plain(row[name])}" for name in TELLS[2:]]
        said += ["", f"Others that change: {len(self.others) or 'none'}"]
        said += [
            f"  {one['place']} ({one['area_id']}): {one['before']} -> {one['after']}"
            for one in self.others
        ]
        return [*said, "", "The study is as it was: nothing of it was changed."]


def challenge(
    work: Work, steps: Mapping[str, Kept], area_id: str, asked: Sequence[str]
) -> Challenged:
    """What the study would find of an area, and of all others, with other choices.

    Everything from the standards to the levels is made again by the study's own steps; streets
    and routes are as they are, since no such choice moves a place.

    Parameters
    ----------
    asked
        ``thresholds.library=800``, ``rules.share_failing=0.4``, ``weights.green=2``.

    Raises
    ------
    StudyError
        For a setting that is not known (with the nearest that is), a value that does not fit, or
        a study without an index of deprivation, which finds no levels.
    """
    if "levels" not in steps:
        what = "the study has no index of deprivation: it finds no levels to challenge"
        raise StudyError(Fault(what=what, attempt="name one as areas.deprivation"))
    changed = changed_settings(work.settings, asked)
    own = own_choices(work.settings, steps["standards"].table("table"))
    before = steps["levels"].table("table").set_index("area_id")
    after = found_with(work, changed, steps).set_index("area_id")
    place = steps["names"].table("table").set_index("area_id")["place"]
    return Challenged(
        area_id=area_id,
        place=str(place[area_id]),
        changes=tuple(_compared(own, asked)),
        before=_row(before, area_id),
        after=_row(after, area_id),
        others=_others(before, after, place, but=area_id),
    )


def changed_settings(settings: Settings, asked: Iterable[str]) -> Settings:
    """The settings with other choices in place of the study's own.

    Raises
    ------
    StudyError
        With every fault: words that are no ``name=value``, settings that are not known (and the
        nearest that is), values that do not fit.
    """
    given = settings.model_dump(mode="python")
    faults = []
    for words in asked:
        name, _, text = words.partition("=")
        section, _, key = name.strip().partition(".")
        fault = _fault_of(settings, name.strip(), section, key=key, text=text.strip())
        if fault:
            faults.append(fault)
        else:
            _holder(given, section)[key] = _value(text.strip())
    if faults:
        raise StudyError(faults)
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        raise StudyError([_invalid(dict(one)) for one in error.errors()]) from None


def _fault_of(settings: Settings, name: str, section: str, *, key: str, text: str) -> Fault | None:
    if not (section and key and text):
        return Fault(what=f"--if '{name}' names no setting with a value", attempt=FORM)
    if section not in SECTIONS:
        return Fault(
            what=f"--if {name}: no such part of a study's choices",
            attempt=nearest_name(section, SECTIONS) or FORM,
        )
    known = _known(settings)[section]
    if key in known:
        return None
    used = "this study does not use it, or it is not known"
    what = f"--if {name}: {used if section != 'rules' else 'no such rule'}"
    return Fault(what=what, attempt=nearest_name(key, known) or f"one of {', '.join(known)}")


def _known(settings: Settings) -> dict[str, tuple[str, ...]]:
    """What may be asked of each section: only what changes something."""
    return {
        "thresholds": settings.standards.use,
        "weights": settings.rules.themes,
        "rules": tuple(name for name in Rules.model_fields if name != "chosen_by"),
    }


def _holder(given: dict[str, Any], section: str) -> dict[str, Any]:
    holder: dict[str, Any] = given["rules"] if section == "rules" else given["standards"][section]
    return holder


def _value(text: str) -> object:
    """A value as TOML has it; words that are none are text, and commas make a list of them."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return [part.strip() for part in text.split(",")] if "," in text else text


def _invalid(error: dict[str, Any]) -> Fault:
    where = ".".join(str(part) for part in error["loc"])
    return Fault(what=f"--if {where}: {error['msg']}, not {error['input']!r:.60}")


def own_choices(settings: Settings, standards: pd.DataFrame) -> dict[str, str]:
    """Every choice that may be asked about, with what the study has, as it is printed."""
    metres = standards.set_index("standard_id")["threshold_m"]
    weights = settings.standards.weights
    rules = settings.rules.model_dump(mode="json")
    held: dict[str, dict[str, object]] = {
        "thresholds": {name: float(metres[name]) for name in settings.standards.use},
        "weights": {name: weights.get(name, 1.0) for name in settings.rules.themes},
        "rules": {name: rules[name] for name in _known(settings)["rules"]},
    }
    return {
        f"{section}.{name}": _plain(value)
        for section, inside in held.items()
        for name, value in inside.items()
    }


def _compared(own: Mapping[str, str], asked: Iterable[str]) -> Iterable[tuple[str, str, str]]:
    """Each setting asked about: its name, the study's own value, and the one asked for."""
    for words in asked:
        name, _, text = words.partition("=")
        yield name.strip(), own[name.strip()], text.strip()


def _row(findings: pd.DataFrame, area_id: str) -> dict[str, Any]:
    row = findings.loc[area_id, list(TELLS)].to_dict()
    return {str(name): _known_value(value) for name, value in row.items()}


def _known_value(value: str | float | None) -> str | float | None:
    return None if pd.isna(value) else value


def _plain(value: object) -> str:
    if value is None:
        return "not known"
    if isinstance(value, float):
        return f"{value:.6g}"
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _others(
    before: pd.DataFrame, after: pd.DataFrame, place: pd.Series, *, but: str
) -> tuple[Mapping[str, str], ...]:
    levels = pd.DataFrame({"before": before["level"], "after": after["level"]})
    moved = levels[(levels["before"] != levels["after"]) & (levels.index != but)]
    return tuple(
        {
            "area_id": str(area_id),
            "place": str(place[str(area_id)]),
            "before": str(row["before"]),
            "after": str(row["after"]),
        }
        for area_id, row in moved.sort_index().iterrows()
    )
