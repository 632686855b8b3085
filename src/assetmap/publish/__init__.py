"""The door out: the only room that draws and writes.

Nothing is imported here, so that who needs a whole file does not load what draws pages.
"""
