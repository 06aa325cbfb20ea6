"""Read filled application forms, check them against the call, render the papers of the contract."""
