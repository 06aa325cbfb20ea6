"""Low-level parts of PDF: opening safely, the form fields, the same bytes for the same paper."""
