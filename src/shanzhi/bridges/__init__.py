"""What two programmes must do together. Empty until there are two."""
