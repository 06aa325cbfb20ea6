"""Read filled application forms, check them against the call, render the papers of the contract."""

__version__ = "0.1.0"
