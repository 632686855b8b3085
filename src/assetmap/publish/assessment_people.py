"""Of an assessment: who lives nearby, what they reach before and after, and who gains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.publish.assessment_parts import Grid, Part
from assetmap.publish.plain import capfirst, shown
from assetmap.publish.rounding import hundredths, people_read, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from assetmap.frames.assessed import Assessed, Ground
    from assetmap.publish.words import Words

MOST_NAMES = 5
MOST_PLACES = 3
DEPRIVED = 2
"""The last tenth of the most deprived fifth."""
FLAGGED = ("left_behind", "at_risk")
LEAST_MINUTES = 0.05


def nearby_part(assessed: Assessed, ground: Ground, words: Words) -> Part:
    """Who lives within 5, 10 and 15 minutes."""
    say = words.say
    table = assessed.tables["near"]
    if table.empty or not table["people"].sum():
        return Part("h3", say("assess.h3"), (say("assess.nobody_near"),))
    key = "assess.about_minutes" if ground.straight else "assess.minutes"
    limits = sorted(table["minutes"].unique())
    wide = table.pivot_table(index=["by", "group"], columns="minutes", values="people", sort=False)
    rows = []
    for people in wide.reset_index().to_dict("records"):
        name = say("assess.everybody") if people["by"] == "all" else shown(people["group"])
        rows.append((name, *(whole(people[limit]) for limit in limits)))
    columns = (say("assess.group"), *(say(key, minutes=f"{limit:g}") for limit in limits))
    return Part("h3", say("assess.h3"), (), (Grid(columns, tuple(rows)),))


def reach_part(assessed: Assessed, ground: Ground, words: Words) -> Part:
    """What people reach now and after, by standard; minutes saved; what spills over."""
    say = words.say
    if assessed.unknown:
        return Part("h4", say("assess.h4"), (say("assess.unknown"),))
    roles = ground.areas.set_index("area_id")["role"]
    table = assessed.tables["changes"]
    own = table[table["area_id"].map(roles) == "study"]
    names = ["within_before", "within_after", "newly_within", "no_longer_within"]
    sums = own.groupby("standard_id", sort=True)[names].sum()
    moved = sums[(sums["newly_within"] > 0) | (sums["no_longer_within"] > 0)]
    rows = tuple(
        (
            capfirst(shown(ground.labels.get(str(name), str(name)))),
            *(whole(row[one]) for one in names),
        )
        for name, row in moved.iterrows()
    )
    columns = tuple(say(f"assess.{one}") for one in ("standard", "before", "after", "gain", "loss"))
    lines = [] if rows else [say("assess.nothing_changes")]
    lines += [*_minutes(assessed, ground, words), *_at_hours(assessed, ground, words)]
    totals = assessed.totals
    if totals["newly_within_outside"] or totals["no_longer_within_outside"]:
        lines.append(
            say(
                "assess.outside",
                place=shown(ground.place),
                gain=people_read(totals["newly_within_outside"]),
                lose=people_read(totals["no_longer_within_outside"]),
            )
        )
    return Part("h4", say("assess.h4"), tuple(lines), (Grid(columns, rows),) if rows else ())


def _minutes(assessed: Assessed, ground: Ground, words: Words) -> list[str]:
    """How much shorter or longer walks become, of the people in areas where they change."""
    roles = ground.areas.set_index("area_id")["role"]
    table = assessed.tables["gains"]
    own = table[table["area_id"].map(roles) == "study"]
    lines = []
    for key, rows in (
        ("assess.saved", own[own["minutes_saved"] > 0]),
        ("assess.longer", own[own["minutes_saved"] < 0]),
    ):
        people, minutes = rows["people"].sum(), abs(rows["minutes_saved"].sum())
        if people and minutes / people >= LEAST_MINUTES:
            each = f"{minutes / people:.1f}"
            lines.append(words.say(key, minutes=each, people=people_read(people)))
    changed = assessed.tables["changes"]
    own = changed[changed["area_id"].map(roles).eq("study") & changed["minutes_saved"].ne(0)]
    kinds = own["standard_id"].nunique()
    return [*lines, words.say("assess.several", n=kinds)] if lines and kinds > 1 else lines


def _at_hours(assessed: Assessed, ground: Ground, words: Words) -> list[str]:
    """Who is near a place that is known to be open at the times that the study asks about."""
    table = assessed.tables["hours"]
    known = table[table["counts"] == "known to be open"]
    return [
        words.say(
            "assess.open_then",
            moment=shown(row["moment"]),
            standard=shown(ground.labels.get(row["standard_id"], row["standard_id"])),
            after=whole(row["people_after"]),
            before=whole(row["people_before"]),
        )
        for row in known.to_dict("records")
    ]


def gains_part(assessed: Assessed, ground: Ground, words: Words) -> Part:
    """Who gains, by fifth of deprivation; which priorities fall, and which stay."""
    say = words.say
    if assessed.unknown:
        return Part("h5", say("assess.h5"), (say("assess.unknown"),))
    roles = ground.areas.set_index("area_id")["role"]
    table = assessed.tables["gains"]
    own = table[table["area_id"].map(roles) == "study"]
    lines = [
        *_where(own, ground, words),
        _incidence(assessed, own, words),
        _losers(own, words),
        *_flags(own, ground, words),
    ]
    return Part("h5", say("assess.h5"), tuple(filter(None, lines)), _fifths(own, words))


def _where(own: pd.DataFrame, ground: Ground, words: Words) -> list[str]:
    """The neighbourhoods of most who gain and of most who lose; else where walks get shorter."""
    names = ground.areas.set_index("area_id")["place"]
    lines = []
    for key, column in (("gain", "newly_within"), ("lose", "no_longer_within")):
        most = own[own[column] > 0].nlargest(MOST_PLACES, [column, "people"])
        if len(most):
            places = words.joined([shown(names[one]) for one in most["area_id"]])
            share = most[column].sum() / own[column].sum()
            lines.append(words.say(f"assess.where_{key}", names=places, n=hundredths(share)))
    if not lines and (own["minutes_saved"] > 0).any():
        most = own[own["minutes_saved"] > 0].nlargest(MOST_PLACES, ["minutes_saved", "people"])
        places = words.joined([shown(names[one]) for one in most["area_id"]])
        lines.append(words.say("assess.where_shorter", names=places))
    return lines


def _losers(own: pd.DataFrame, words: Words) -> str:
    """Of those who lose, how many live in the most deprived fifth; and of all residents."""
    lose, known = own["no_longer_within"], own["decile"].notna()
    if not lose.sum() or not known.all():
        return ""
    fifth = own["decile"] <= DEPRIVED
    share = lose[fifth].sum() / lose.sum()
    of_all = own.loc[fifth, "people"].sum() / own["people"].sum()
    return words.say("assess.losers", n=hundredths(share), residents=hundredths(of_all))


def _fifths(own: pd.DataFrame, words: Words) -> tuple[Grid, ...]:
    say = words.say
    fifth = ((own["decile"] + 1) // 2).astype("float64")
    rows = []
    for number in range(1, 6):
        these = own[fifth == number]
        if len(these):
            rows.append((say(f"assess.fifth_{number}"), *_counts(these)))
    rest = own[fifth.isna()]
    if len(rest):
        rows.append((say("assess.no_fifth"), *_counts(rest)))
    columns = tuple(say(f"assess.{one}") for one in ("fifth", "residents", "gain", "loss"))
    return (Grid(columns, tuple(rows)),)


def _counts(rows: pd.DataFrame) -> tuple[str, str, str]:
    people, gain, loss = (
        whole(float(rows[name].sum())) for name in ("people", "newly_within", "no_longer_within")
    )
    return people, gain, loss


def _incidence(assessed: Assessed, own: pd.DataFrame, words: Words) -> str:
    """How the gain falls along the line of need: of people, else of walking; none, no share."""
    if own["decile"].isna().all():
        return ""
    sums = {"people newly within": ("incidence", own["newly_within"].sum()),
            "minutes": ("incidence_walks", own["minutes_saved"].sum())}  # fmt: skip
    for name, (key, gain) in sums.items():
        told = assessed.incidence.get(name)
        if gain > 0 and isinstance(told, str):
            return words.say("assess.no_incidence", why=told)
        if gain > 0 and told is not None:
            return words.say(f"assess.{key}", times=f"{told:.1f}")
    return ""


def _flags(own: pd.DataFrame, ground: Ground, words: Words) -> list[str]:
    """Which neighbourhoods stop or start being a priority; which stay, and gain, lose, neither."""
    if own["level_before"].isna().all():
        return []
    names = ground.areas.set_index("area_id")["place"]
    now = own["level_after"].isin(FLAGGED)
    stays = now & own["level_before"].isin(FLAGGED)
    gains = (own["newly_within"] > 0) | (own["minutes_saved"] > 0)
    loses = (own["no_longer_within"] > 0) | (own["minutes_saved"] < 0)
    groups = {
        "assess.falls": own[own["flag_falls"]],
        "assess.rises": own[now & ~stays],
        "assess.helped": own[stays & gains],
        "assess.hurt": own[stays & loses],
        "assess.left": own[stays & ~gains & ~loses],
    }
    lines = [
        words.say(key, names=named([names[one] for one in rows["area_id"]], words))
        for key, rows in groups.items()
        if len(rows)
    ]
    if now.any():
        lines.append(words.say("assess.why_stay"))
    return lines if own["flag_falls"].any() else [words.say("assess.none_falls"), *lines]


def named(names: Sequence[str], words: Words) -> str:
    """The first few names, and how many more."""
    first = [shown(one) for one in sorted(names)[:MOST_NAMES]]
    more = len(names) - len(first)
    return words.joined([*first, words.say("assess.and_more", n=more)] if more else first)
