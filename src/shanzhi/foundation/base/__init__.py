"""The few words every floor shares: ids, actors, refusals, two-language text. No tables, no Django app."""
