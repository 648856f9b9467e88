"""What the city does: thin, mostly playbook text plus what the engines cannot know."""
