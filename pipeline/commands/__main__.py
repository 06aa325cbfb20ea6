"""Start from `python -m pipeline.commands`, as `cli.py` does."""

from pipeline.commands import main

if __name__ == "__main__":
    main()
