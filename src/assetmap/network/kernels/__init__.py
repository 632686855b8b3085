"""Compiled searches over a compact graph, in integer centimetres of level walking."""
