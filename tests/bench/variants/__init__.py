"""Filled forms of every kind, made by a seed; shares no code with what reads them: imports nothing of `pipeline`."""
