"""Since: this edition beside an earlier one that the study keeps in its own folder."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from assetmap.errors import Fault, StudyError
from assetmap.findings.monitor import compare_runs
from assetmap.publish.earlier import Since
from assetmap.sources.runs import RunRead, read_run
from assetmap.study.compare import then_of

if TYPE_CHECKING:
    from assetmap.publish.edition import Edition
    from assetmap.study.work import Work


def with_since(work: Work, edition: Edition) -> Edition:
    """The edition with what changed since the one named by ``[publish] since``; as it is without.

    Raises
    ------
    MissingError, ReadError
        As :func:`assetmap.sources.runs.read_run`.
    StudyError
        Where the earlier run is of another study, or nobody is judged in this one.
    """
    name = work.settings.publish.since
    if name is None:
        return edition
    old = read_run(work.folders[0] / name)
    study = str(old.lineage["study"]["id"])
    if study != work.settings.study.id:
        what = f"publish.since names a run of '{study}'"
        raise StudyError(Fault(what=what, where=name, attempt="give an earlier run of this study"))
    if edition.findings.empty:
        what = "publish.since needs a deprivation source: without one no place has a result"
        raise StudyError(Fault(what=what, where="study.toml"))
    table = compare_runs(then_of(old), then_of(_as_written(edition)))
    day = dt.date.fromisoformat(str(old.lineage["study"]["as_of"]))
    return replace(edition, since=Since(day=day, table=table))


def _as_written(edition: Edition) -> RunRead:
    """The edition as its own folder would be read back."""
    tables = {
        "areas": edition.own.drop(columns="geometry"),
        "findings": edition.of_own(edition.findings),
        "access": edition.of_own(edition.area_access),
        "fairness": edition.more["fairness"][1],
    }
    return RunRead(tables, json.loads(json.dumps(edition.lineage)))
