"""The words everything else is written in: model, scope, rule, step, operation, actor, entry.

Knows nothing of congresses. ``policy`` says who may, ``flow`` says when, ``operation`` is the one door
for writing, ``journal`` what was written, ``clock`` what time it is, ``jobs`` what happens after the commit.
"""
