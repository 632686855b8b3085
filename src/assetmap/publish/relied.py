"""Who relies on which places, written: tables as CSV, and a page of six parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.publish.assessment_parts import Grid, Part
from assetmap.publish.atomic import whole_folder
from assetmap.publish.held import held_parts
from assetmap.publish.paper import Paper, write_paper, write_rows
from assetmap.publish.plain import shown
from assetmap.publish.rounding import hundredths, whole
from assetmap.publish.words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from assetmap.frames.relied import Relied
    from assetmap.publish.words import Words

PAGE = "hubs.html"
MOST = 10


def write_relied(relied: Relied, folder: Path, *, words: Mapping[str, str]) -> Path:
    """The tables as CSV, and the page as HTML and PDF; the path of the page.

    Raises
    ------
    WriteError
        Where a file cannot be written.
    """
    said = words_of(words)
    banners = [said.say("assess.alone")]
    banners += [said.say("assess.estimate")] if relied.straight else []
    banners += [said.say("assess.invented")] if relied.invented else []
    place = shown(relied.place)
    paper = Paper(
        said.say("hubs.title", place=place),
        said.say("assess.kicker", place=place, date=said.date(relied.as_of)),
        tuple(banners),
        (
            _hubs(relied, said), _last(relied, said), _doubles(relied, said), _hosts(relied, said),
            *held_parts(relied, said),
        ),
    )  # fmt: skip
    with whole_folder(folder) as draft:
        for name, table in relied.tables.items():
            write_rows(table, draft / f"{name}.csv")
        write_paper(draft / PAGE, paper, said)
    return folder / PAGE


def _hubs(relied: Relied, words: Words) -> Part:
    """The places of each standard that most people are near."""
    say, table = words.say, relied.tables["hubs"]
    rows = tuple(
        (shown(row["name"]), shown(relied.labels[row["standard_id"]]), whole(row["people"]),
         say("assess.not_known") if row["supply"] != row["supply"] else f"{row['supply']:g}")
        for row in table.sort_values("people", ascending=False, kind="stable").head(MOST)
        .to_dict("records")
    )  # fmt: skip
    columns = tuple(say(f"hubs.{one}") for one in ("name", "standard", "people", "capacity"))
    return Part("h1", say("hubs.h1"), (say("hubs.near"),), (Grid(columns, rows),))


def _last(relied: Relied, words: Words) -> Part:
    """Places that are the last near enough for most people."""
    say, table = words.say, relied.tables["hubs"]
    only = table[table["only"] > 0].sort_values("only", ascending=False, kind="stable")
    rows = tuple(
        (shown(row["name"]), shown(relied.labels[row["standard_id"]]), whole(row["only"]),
         whole(row["only_deprived"]))
        for row in only.head(MOST).to_dict("records")
    )  # fmt: skip
    columns = tuple(say(f"hubs.{one}") for one in ("name", "standard", "only", "deprived"))
    return Part("h2", say("hubs.h2"), (say("hubs.last"),), (Grid(columns, rows),))


def _doubles(relied: Relied, words: Words) -> Part:
    say, table = words.say, relied.tables["doubles"]
    if not len(table):
        return Part("h3", say("hubs.h3"), (say("hubs.no_double"),))
    first = table.sort_values(["overlap", "people"], ascending=False, kind="stable").head(MOST)
    spare = {"yes": say("hubs.yes"), "no": say("hubs.no")}
    rows = tuple(
        (shown(row["name"]), shown(row["other"]), say("hubs.in_100", n=hundredths(row["overlap"])),
         spare.get(row["spare"], say("assess.not_known")))
        for row in first.to_dict("records")
    )  # fmt: skip
    columns = tuple(say(f"hubs.{one}") for one in ("name", "other", "overlap", "spare"))
    lines = (say("hubs.double", n=f"{len(table):,}"),)
    return Part("h3", say("hubs.h3"), lines, (Grid(columns, rows),))


def _hosts(relied: Relied, words: Words) -> Part:
    say, table = words.say, relied.tables["hosts"]
    if not len(table):
        return Part("h4", say("hubs.h4"), (say("hubs.no_host"),))
    first = table.sort_values("beyond", ascending=False, kind="stable").head(MOST)
    rows = tuple(
        (shown(row["name"]), shown(relied.labels[row["standard_id"]]), whole(row["beyond"]),
         whole(row["beyond_deprived"]))
        for row in first.to_dict("records")
    )  # fmt: skip
    columns = tuple(say(f"hubs.{one}") for one in ("name", "lack", "beyond", "deprived"))
    return Part("h4", say("hubs.h4"), (say("hubs.host"),), (Grid(columns, rows),))
