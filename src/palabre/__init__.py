"""Palabre: the reader-comments desk of a publisher."""

__version__ = "0.1.0"
