"""One small typed language for guards, routing, points rules and indicators. Its reference: docs/language.md."""
