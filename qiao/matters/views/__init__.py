"""The pages about suggestions, by who turns to them."""
