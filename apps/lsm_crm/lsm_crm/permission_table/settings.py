"""The role table of this module; see the package for its form."""

TABLE: dict[str, dict[str, dict]] = {}
