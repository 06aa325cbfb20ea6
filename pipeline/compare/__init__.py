"""Hold a returned Word file against the paper that was issued: what was changed, told and as tracked changes."""

from pipeline.compare.files import Compared, NotComparable, closest, compare

__all__ = ["Compared", "NotComparable", "closest", "compare"]
