"""Low-level parts of the Word file format: the zip around it, its XML, its names."""

from pipeline.ooxml.package import Package, open_package

__all__ = ["Package", "open_package"]
