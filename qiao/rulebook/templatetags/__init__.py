"""What templates ask the rulebook."""
