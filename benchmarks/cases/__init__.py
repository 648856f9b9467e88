"""What `make bench-casework` is made of: a cluster of its own, a city full of cases, two workers, and meters."""
