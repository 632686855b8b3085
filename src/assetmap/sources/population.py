"""People by area and group: census tables, mid-year estimates, an index's denominators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from assetmap.errors import Fault, StudyError, nearest_name
from assetmap.frames.given import POPULATION
from assetmap.frames.hold import table_of
from assetmap.provenance import Told
from assetmap.sources.columns import refuse, where_of
from assetmap.sources.files import open_tables
from assetmap.sources.population_layouts import bulk, denominators, long, single_years

if TYPE_CHECKING:
    from assetmap.sources.read import Job


def read_population(job: Job) -> Told[pd.DataFrame]:
    """The POPULATION of every area of the files, one row an area and group.

    ``spec.group`` is the kind of grouping. Where it is ``age``, everybody (kind and group
    ``all``) is the sum of the bands. Layouts:

    ``long``
        ``spec.columns`` names ``area_id``, ``group`` and ``people``; with ``spec.group`` ``all``
        there is no group column.
    ``mye_single_year``
        One column for each year of age (``0`` ... ``90`` or ``90+``), summed to the census' six
        age bands so that both vintages compare; a ``total_population`` column checks them.
    ``iod2019_file6``
        The index's denominators, of kind ``spec.group`` or else ``iod denominators``. They
        leave prisoners out, and its working-age group overlaps the others.
    ``census_bulk``
        Nomis bulk tables: ``date, geography, geography code`` and a column for each group; or
        only those groups that ``spec.columns`` names (our group: their column).

    Raises
    ------
    StudyError
        Where the layout is unknown or ``spec.group`` not set.
    ReadError
        With missing columns, people that are negative, empty or no numbers, empty codes, a group
        twice in an area, and groups that do not add up to a published total.

    References
    ----------
    ONS, *Census 2021*, TS007A and TS038; ONS, *Lower layer Super Output Area population
    estimates*, mid-2020; MHCLG, *IoD2019 File 6: population denominators*.
    """
    readers = {
        "long": long,
        "mye_single_year": single_years,
        "iod2019_file6": denominators,
        "census_bulk": bulk,
    }
    layout = job.spec.layout
    if layout not in readers:
        what = f"layout '{layout}' is no layout of a population"
        attempt = nearest_name(layout, readers) or f"one of {', '.join(readers)}"
        raise StudyError(Fault(what=what, where=where_of(job), attempt=attempt))
    told = open_tables(job)
    people = readers[layout](job, told.table)
    _refuse_twice(job, people)
    columns = {str(name): people[name].reset_index(drop=True) for name in people}
    columns["crosswalk_status"] = pd.Series("published", index=range(len(people)))
    return Told(table_of(POPULATION, columns), told.cautions)


def _refuse_twice(job: Job, people: pd.DataFrame) -> None:
    twice = people.duplicated(["area_id", "kind", "group"], keep=False)
    if twice.any():
        named = people["area_id"] + ", " + people["group"]
        examples = "; ".join(sorted(set(named[twice]))[:5])
        what = f"{int(twice.sum())} rows give an area's group more than once: {examples}"
        refuse([Fault(what=what, where=where_of(job), attempt="keep one row for each")])
