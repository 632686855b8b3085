"""The porch: words in, words out. One file a command; nothing here knows the domain."""

from assetmap.cli.app import main

__all__ = ["main"]
