"""Small pages for a phone: a customer's or visitor's link, the deliverer's round, the door, the kitchen's day.

They work without JavaScript. A GET only shows; what changes something is a POST.
"""
