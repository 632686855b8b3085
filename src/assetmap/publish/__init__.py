"""The door out: the only room that draws and writes."""

from assetmap.publish.atomic import whole_file, whole_folder
from assetmap.publish.edition import Contact, Edition, Facts
from assetmap.publish.public import PUBLIC, public_writers, write_notes, write_public
from assetmap.publish.site import answer_of, write_pages
from assetmap.publish.tables import write_tables

__all__ = [
    "PUBLIC", "Contact", "Edition", "Facts", "answer_of", "public_writers", "whole_file",
    "whole_folder", "write_notes", "write_pages", "write_public", "write_tables",
]  # fmt: skip
