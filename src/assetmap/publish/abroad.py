"""An edition as it is told in another language: its own labels there, its numbers unchanged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from assetmap.publish.edition import Edition, Facts
    from assetmap.publish.words import Words


def in_language(edition: Edition, words: Words) -> Edition:
    """The edition with what its study calls things, in the language of ``words``.

    Title and place, services, themes and kinds of places. Names of neighbourhoods, of assets and
    of sources stay: they are as their owners wrote them.
    """
    told = words.told
    return replace(
        edition,
        facts=_facts(edition.facts, words),
        standards=_labelled(edition.standards, words),
        green_tiers=None if edition.green_tiers is None else _labelled(edition.green_tiers, words),
        themes={key: told(label) for key, label in edition.themes.items()},
        categories={
            key: (told(one), told(many)) for key, (one, many) in edition.categories.items()
        },
    )


def _facts(facts: Facts, words: Words) -> Facts:
    told = words.told
    return replace(
        facts,
        title=told(facts.title),
        place=told(facts.place),
        nation=told(facts.nation),
        authorities=tuple(told(name) for name in facts.authorities),
        about=told(facts.about),
        adopted_by=told(facts.adopted_by),
    )


def _labelled(standards: pd.DataFrame, words: Words) -> pd.DataFrame:
    labels = {label: words.told(label) for label in standards["label"].unique()}
    return standards.assign(label=standards["label"].map(labels))
