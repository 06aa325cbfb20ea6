"""What is received, decided and made."""

from pipeline.register.changes import Changes
from pipeline.register.entries import Delivery, Entry, MadeFile, Refused, StoredFile
from pipeline.register.store import FILE, Register, at

__all__ = ["FILE", "Changes", "Delivery", "Entry", "MadeFile", "Refused", "Register", "StoredFile", "at"]
