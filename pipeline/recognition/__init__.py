"""Read many lines of text at once by the networks of tesseract's own models."""
