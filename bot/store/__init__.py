"""The database: one engine, one file of queries per noun.

Queries take a session and give domain records; they never open a transaction and never look at the
clock. Journeys decide where a transaction begins and ends.
"""
