"""The door out: the only room that draws and writes."""
