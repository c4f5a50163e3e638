"""The rules each congress works by, and the clocks that follow from them.

Nouns: parameter (参数: what may differ between congresses, declared in ``catalogue``), provision (规定: one congress's value
of a parameter, with source and dates), calendar year (节假日安排: the State Council's table of days off), period (期限),
reckoning (期限计算: a last day with the reasons for it). National law is the upper bound (代表法 2025, article 51).
``matters`` asks ``queries.rules_for`` once, keeps the answer as a snapshot on each assignment, and reckons from that.
"""
