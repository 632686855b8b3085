"""What to bear in mind: cautions in the reader's words first, the technical ones for who checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetmap.publish.parting import is_split
from assetmap.publish.plain import plain
from assetmap.publish.rounding import people_read
from assetmap.publish.words import MOST_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assetmap.publish.edition import Edition
    from assetmap.publish.words import Words

LONG = 600
NOT_MEASURED = "not_measured"


@dataclass(frozen=True, kw_only=True)
class CautionRows:
    """First those that touch people, for everybody; then checks on the data, for who checks."""

    first: tuple[str, ...]
    checks: tuple[str, ...]


def cautions(edition: Edition, words: Words) -> CautionRows:
    """Each caution once; those that touch most people lead.

    A caution that has words for everybody (``caution.<code>``) is told in them, and in its own
    among the checks. How many people is said where it is no more than live in the study: a
    caution of the ground around it would read as a number larger than the place.
    """
    everyone = float(edition.own["people"].sum())
    ordered = edition.cautions.sort_values(["people", "code", "about"]).to_dict("records")
    first, checks = [], []
    for row in ordered:
        code, people = str(row["code"]), row["people"]
        own = _upper(words.told(plain(row["text"], longest=LONG)))
        touches = isinstance(people, float) and people > 0
        ours = words.has(f"caution.{code}")
        if own and (ours or not touches):
            checks.append(own)
        if touches and code != NOT_MEASURED:
            text = words.say(f"caution.{code}") if ours else own
            said = words.say("cautions.people", people=people_read(people))
            first.append(f"{text} {said}" if people <= everyone else text)
    if len(edition.own) > edition.facts.page_areas and not is_split(edition):
        gaps = {"n": f"{len(edition.own):,}", "most": f"{edition.facts.page_areas:,}"}
        checks.append(words.say("cautions.one_page", **gaps))
    told = (*_unmeasured(edition, words), *reversed(first))
    return CautionRows(first=tuple(dict.fromkeys(told)), checks=tuple(dict.fromkeys(checks)))


def _unmeasured(edition: Edition, words: Words) -> Iterator[str]:
    """Which services were not measured, in how many neighbourhoods, the most first."""
    labels, areas = edition.labels, len(edition.own)
    rows = edition.cautions[edition.cautions["code"] == NOT_MEASURED]
    by_count: dict[int, list[str]] = {}
    for row in rows.to_dict("records"):
        label = labels.get(str(row["about"]))
        if label and row["count"] == row["count"]:
            by_count.setdefault(int(row["count"]), []).append(label)
    for count in sorted(by_count, reverse=True):
        key = "caution.nowhere_measured" if count >= areas else "caution.not_measured"
        gaps = {"n": f"{count:,}", "areas": f"{areas:,}"}
        yield from _few_at_a_time(key, sorted(by_count[count]), gaps, words)


def _few_at_a_time(
    key: str, things: list[str], gaps: Mapping[str, str], words: Words
) -> Iterator[str]:
    """As many things to a sentence as its 25 words allow."""
    rest = things
    while rest:
        said = [
            words.say(key, things=words.joined(rest[:n]), **gaps) for n in range(len(rest), 0, -1)
        ]
        fits = [(n, one) for n, one in zip(range(len(rest), 0, -1), said, strict=True)
                if len(one.split()) <= MOST_WORDS]  # fmt: skip
        taken, sentence = fits[0] if fits else (1, said[-1])
        yield sentence
        rest = rest[taken:]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
