"""The commands of `bangmai`, a module for each topic."""
