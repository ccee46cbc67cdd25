"""Pages of a volunteer outside the desk: `renderer` decides on addresses, `views` shows, `actions` changes, `data` reads.

The role of a volunteer has no right on any DocType. These pages find the volunteer by the account that is logged in and
read and write only what is theirs; every name that comes from a form is looked up together with that volunteer.
"""
