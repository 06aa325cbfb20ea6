"""Low-level parts of the OpenDocument format: the package, its names."""

from pipeline.odf.package import OpenDocument

__all__ = ["OpenDocument"]
