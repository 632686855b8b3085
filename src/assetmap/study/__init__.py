"""The corridor: a study, its steps and the ledger that runs them."""

from assetmap.study.run import Run
from assetmap.study.study import Study, open_example, open_study

__all__ = ["Run", "Study", "open_example", "open_study"]
