"""The body itself: terms, sessions, delegations, groups, districts, who holds which mandate, and who came to which sitting.

Nouns: term (届), session (次会议), delegation (代表团), district (选区), mandate (代表资格: one person's seat in one
congress for one term, R5.1). The directory's pages and imports are here. ``matters`` and all capabilities build on it.
"""
