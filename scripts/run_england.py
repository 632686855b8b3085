"""England whole: levels of all 33,755 neighbourhoods and how sure they are, timed and weighed.

python scripts/run_england.py DATA [WORKERS]
"""

from __future__ import annotations

import resource
import sys
import time

import assetmap


def main(data: str, workers: int) -> None:
    """Run the study of England, and say how long each step took and what came of it."""
    began: list[tuple[str, float]] = []

    def tell(name: str, reused: bool) -> None:  # noqa: FBT001 - the ledger's own call
        began.append((f"{name}{' (kept)' if reused else ''}", time.perf_counter()))

    study = assetmap.open_study("layers/england", data=data)
    whole = study.run_whole(workers=workers, tell=tell)
    ends = [start for _, start in began[1:]] + [time.perf_counter()]
    for (name, start), end in zip(began, ends, strict=True):
        print(f"{end - start:8.1f} s  {name}")
    need, found = whole.tables["need"], whole.tables["findings"]
    first = need[(need["reference"] == "nation") & (need["decile"] == 1)]
    print(f"{len(found):,} areas, {len(first):,} in the most deprived tenth")
    print(found["level"].value_counts().to_string())
    summaries = whole.tables["summaries"].set_index("unit_id")["proportion"]
    print(summaries.reindex(["E09000028", "E08000027", "E06000002"]).to_string())
    peaks = [resource.getrusage(who).ru_maxrss for who in (0, -1)]
    print(f"peak memory {peaks[0] / 1e6:.2f} GB here, {peaks[1] / 1e6:.2f} GB in a worker")
    print(whole.folder)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if sys.argv[2:] else 1)
