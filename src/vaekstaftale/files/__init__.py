"""Agreements from text and files, and back: `reading`, `writing`, and `disk` for the bytes."""
