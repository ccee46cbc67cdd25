"""Figures: counts worked out from the records, kept by day, month and year, and safe to show to the board."""
