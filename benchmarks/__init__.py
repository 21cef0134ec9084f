"""Figures: CPU milliseconds a request, requests a second, and both as ratios to an empty view of the same run."""
