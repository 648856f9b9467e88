"""Invents grids and micro-grids inside real counties. All geometry here is in metres on a plane, pure and without a database.

The smallest cells are made first, one Voronoi diagram for the whole city; everything larger is a union of them. Splitting a
grid afterwards would put a corner on one side of a shared edge only, and the coverage would no longer be valid.
"""
