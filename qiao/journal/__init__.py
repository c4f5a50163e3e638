"""The journal as auditors read it: who did what, when, as whom; whether it is unchanged; and to take away as evidence.

Nouns: journal (操作日志), entry (日志记录), seal (封存: a signed hash over a stretch of entries). Entries are written by operations alone
(``kernel/operation.py``), sealed and verified by ``kernel/seals.py``, guarded by the database (``kernel/guard.py``).
"""
