"""The pages of the directory: reading it, acting on it, vacant seats and by-elections."""
