"""Who comes in: addresses, views, templates. No rules here."""
