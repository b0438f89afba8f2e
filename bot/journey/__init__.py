"""The verbs: what happens when a person sends, asks, keeps, or when evening comes.

A journey takes its dependencies first, facts by keyword and time as `now=`; it opens its own
transactions, and none is open while a writer or a listener is asked.
"""
