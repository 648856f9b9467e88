"""What exists: territory, people and posts, files, codes."""
