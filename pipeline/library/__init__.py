"""Definitions: the TOML of a call, as frozen types."""
