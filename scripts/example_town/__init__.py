"""The generator of Osierford, the invented town of the built-in example."""
