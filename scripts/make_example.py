"""Make the built-in example, an invented town: python scripts/make_example.py [FOLDER]."""

from __future__ import annotations

import sys
from pathlib import Path

from example_town.folder import write_example

HERE = Path(__file__).resolve().parents[1] / "layers" / "example"

if __name__ == "__main__":
    write_example(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
