"""Which words moved which score."""
