"""Paper registers of help requests, typed over into CSV or XLSX.

A file is tried first: every bad row is listed with its reason and nothing is stored. Then either the whole file is taken over in one
transaction or nothing. A row that was taken over before is known by its content, so a file sent twice adds nothing.
"""
