"""Low-level parts of the Word file format: the package, its XML, its names."""

from pipeline.ooxml.package import Package

__all__ = ["Package"]
