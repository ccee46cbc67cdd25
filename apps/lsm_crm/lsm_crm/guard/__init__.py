"""The guard: what a request may call, decided before the framework acts on it. The default is no.

`before_request` runs once the session is known; `authorize` is the last `auth_hooks` entry and runs when the user is
known by session or token and nothing has been dispatched. What each role group may call is data in `guard/lists/`.
A refused call answers 403 and leaves a line in the log `lsm.guard` with group, user and function.
"""
