"""Impedance, walking graph, snapping, routing and isochrones: what it costs to get there."""
