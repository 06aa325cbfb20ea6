"""Tests: rule cases, real documents, the whole job."""
