"""Units, people and their posts, for those who appoint."""
