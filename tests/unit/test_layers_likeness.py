"""How alike names are, by the token-set ratio, worked by hand."""

from __future__ import annotations

import pytest

from assetmap.layers.likeness import likeness, tokens_of


def alike(one, other, generic=()):
    words = frozenset(generic)
    return likeness(tokens_of(one, generic=words), tokens_of(other, generic=words))


def test_words_are_folded_without_accents_signs_and_small_words():
    assert tokens_of("The Café of St. Mary's & All-Saints") == {
        "cafe", "st", "marys", "all", "saints",
    }  # fmt: skip


def test_other_scripts_keep_their_letters():
    assert tokens_of("مكتبة") != frozenset()


def test_order_and_added_words_weigh_nothing():
    assert alike("Peckham Library", "library peckham") == 1
    assert alike("Peckham Library", "Peckham Library and Learning Hub") == 1


def test_the_ratio_is_twice_the_matches_by_the_length():
    # "oak" and "ash": 'a' matches: 2 x 1 / 6.
    assert alike("Oak", "Ash") == pytest.approx(2 / 6)
    # shared "mill"; "mill lane" (9) and "mill road" (9) share "mill " and "a": 2 x 6 / 18.
    assert alike("Mill Lane", "Mill Road") == pytest.approx(12 / 18)


def test_generic_words_would_make_any_two_schools_alike():
    # "primary school" (14) against "oak primary school" sorted, "primary school oak" (18):
    # 2 x 14 / 32 = 0.875. Without the generic words it is "oak" against "elm": nothing shared.
    assert alike("Oak Primary School", "Elm Primary School") == pytest.approx(0.875)
    assert alike("Oak Primary School", "Elm Primary School", ("primary", "school")) == 0


def test_different_numbers_are_different_places():
    assert alike("Court 1", "Court 2") == 0
    assert alike("Court 1", "Court") == 1


def test_nothing_is_like_an_empty_name():
    assert alike("", "") == 0
    assert alike("Library", "Library", ("library",)) == 0
