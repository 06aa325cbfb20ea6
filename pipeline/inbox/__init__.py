"""The inbox: what lies in it, and when each submission came in."""

from pipeline.inbox.looking import Inbox, InboxFile, LeftAlone, Submission, look, must_be_folder
from pipeline.inbox.receipts import RECEIPTS

__all__ = ["RECEIPTS", "Inbox", "InboxFile", "LeftAlone", "Submission", "look", "must_be_folder"]
