"""The public pages: languages, templates, addresses and headers. Forms are in `public_forms`."""
