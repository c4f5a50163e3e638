"""Full text in Chinese on either database, and earlier texts on the same matter (peers 1, 72).

Nouns: document (what can be found: a suggestion, a news page), audience (in whose name it can be found).
``operations.index`` is told of texts by their owners, ``queries.find`` and ``queries.similar`` answer with the owners' ids.
"""
