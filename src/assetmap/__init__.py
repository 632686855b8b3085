"""assetmap: where help is within reach, for whom, and whom regeneration leaves behind."""

__version__ = "0.1.0"
