"""The demonstration: an invented province with two years of history, made by the product's own operations.

Everything and everybody here is invented. Installed only with ``QIAO_DEMO``; a real installation does not have it.
"""
