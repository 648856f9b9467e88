"""Shanzhi: what a city's neighbourhoods run on. The floors are described in docs/map.md."""
