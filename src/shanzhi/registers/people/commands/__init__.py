"""The verbs of this app; `services` gathers them."""
