"""The privacy officer, beyond what staff may call."""

FUNCTIONS: dict[str, str] = {}
