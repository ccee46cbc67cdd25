"""Functions of newer releases of Frappe 15 that the obtained one lacks, sorted from its published source."""

FUNCTIONS: dict[str, str] = {}
