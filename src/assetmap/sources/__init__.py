"""The door in: the only room that opens files and sockets. A reader a publisher."""
