"""Web Form records shown and received by the app itself, on the server and without needing JavaScript.

`definition` reads a Web Form into steps, `inputs` and `tables` read and check what was typed, `draft` carries
it from step to step, `submit` makes the record, `page` ties them to a request.
"""
