"""Measurements against named peers: `make bench-<name>` runs benchmarks/<name>.py."""
