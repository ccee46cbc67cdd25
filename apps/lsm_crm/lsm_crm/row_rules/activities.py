"""Row rules of this module; see the package for their form."""
