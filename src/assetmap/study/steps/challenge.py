"""Find what would change each answer, and who is nearest to the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.findings.misses import nearest_misses
from assetmap.frames.challenge import CHALLENGE, MISSES
from assetmap.scenarios.challenge import challenges
from assetmap.study.ledger import Made
from assetmap.study.steps.find import rules_of
from assetmap.study.steps.ground import inputs_of_ground, settings_of_ground
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from assetmap.frames import Contract
    from assetmap.study.ledger import Kept
    from assetmap.study.steps.ground import Here
    from assetmap.study.work import Work

CONTRACTS = {"challenge": CHALLENGE, "nearest_misses": MISSES}


def find_challenges(
    work: Work,
    route: Kept,
    place: Mapping[str, Kept],
    found: Mapping[str, Kept],
    here: Here,
) -> Kept:
    """CHALLENGE and MISSES, on the costs and the evidence that the levels were found on.

    ``here`` says what the levels stand on.
    """

    def made() -> Made:
        ground, base, _ = here()
        standards = place["standards"].table("table").set_index("standard_id")
        metres = {str(name): float(m) for name, m in standards["threshold_m"].items()}
        table = challenges(ground, base, metres=metres)
        places = place["names"].table("table").set_index("area_id")["place"]
        misses = nearest_misses(found["levels"].table("table"), table, places, rules=rules_of(work))
        return Made({"challenge": table, "nearest_misses": misses})

    inputs = inputs_of_ground(route, place, found, {}) | {"names": place["names"]}
    return work.ledger.run(
        "find challenges",
        made,
        inputs=fingerprints(inputs),
        settings=settings_of_ground(work),
    )


def tables_of_challenges(steps: Mapping[str, Kept]) -> dict[str, tuple[Contract, pd.DataFrame]]:
    """The tables by file name, with their contracts; none where nobody was judged."""
    kept = steps.get("challenges")
    if kept is None:
        return {}
    return {name: (contract, kept.table(name)) for name, contract in CONTRACTS.items()}
