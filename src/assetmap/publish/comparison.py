"""Two runs side by side: a table for spreadsheets, and one plain page that calls nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assetmap.frames.comparison import COMPARISON, GAPS
from assetmap.frames.results import LEVELS
from assetmap.publish.atomic import whole_file
from assetmap.publish.earlier import CAUSE_KEYS
from assetmap.publish.formats import write_csv
from assetmap.publish.plain import shown
from assetmap.publish.sealed import Sealed
from assetmap.publish.sheets import Sheet
from assetmap.publish.typeset import environment
from assetmap.publish.words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from assetmap.publish.words import Words

PAGE = "comparison.html"


def write_comparison(
    table: pd.DataFrame,
    gaps: pd.DataFrame,
    folder: Path,
    *,
    title: str,
    reasons: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]],
) -> Path:
    """``comparison.csv``, ``gaps.csv`` and ``comparison.html`` in a folder; the page's path.

    Parameters
    ----------
    table, gaps
        COMPARISON and GAPS.
    reasons
        What is another, in words: data, later data, method.

    Raises
    ------
    WriteError
        Where a file cannot be written.
    """
    words = words_of({})
    for contract, rows, name in (
        (COMPARISON, table, "comparison"),
        (GAPS, gaps, "gaps"),
    ):
        write_csv(Sheet(name, contract.says, rows, contract.columns), folder / f"{name}.csv")
    moved = table[table["cause"] != "none"].to_dict("records")
    press = environment()
    sealed = Sealed.of((), (_style(),))
    text = press.get_template("comparison.html.j2").render(
        say=words.say,
        count=words.count,
        language=words.language,
        sealed=sealed,
        title=shown(title),
        areas=len(table),
        rows=[_row(row, words) for row in moved],
        reasons=dict(zip(("data", "later", "method"), reasons, strict=True)),
        narrowed=[_gap(row) for row in gaps.to_dict("records") if row["narrowed"] == "yes"],
    )
    path = folder / PAGE
    with whole_file(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")
    return path


def _row(row: Mapping[Any, Any], words: Words) -> Mapping[str, str]:
    """An area whose result is another, in public words."""
    return {
        "place": shown(row["place"]),
        "before": _level(row["level_before"], words),
        "after": _level(row["level_after"], words),
        "cause": words.say(f"monitor.{CAUSE_KEYS[str(row['cause'])]}"),
        "why": words.public(shown(row["why"])),
    }


def _level(level: object, words: Words) -> str:
    return words.short(str(level)) if level in LEVELS else words.say("monitor.absent")


def _gap(row: Mapping[Any, Any]) -> Mapping[str, str]:
    return {"of_what": shown(row["of_what"]), "measure": shown(row["measure"])}


def _style() -> str:
    """A few lines that print well and need no colour."""
    return (
        "body{font:1.05rem/1.5 system-ui,sans-serif;max-width:60rem;margin:auto;padding:1rem}"
        "table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600}"
        "th,td{border:1px solid;padding:.4rem;text-align:left;vertical-align:top}"
        ".scroll{overflow-x:auto}"
    )
