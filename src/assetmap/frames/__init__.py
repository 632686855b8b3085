"""The contracts: each table's key, columns, units, bounds, decimals and geometry."""

from assetmap.frames.contract import Column, Contract
from assetmap.frames.hold import hold, table_of

__all__ = ["Column", "Contract", "hold", "table_of"]
