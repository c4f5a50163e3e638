"""What people hand in with a matter: each file is judged by what it contains, never by what it is called.

Nouns: stored file (附件). ``checks`` says what is accepted and why not, ``operations`` keeps and discards,
``download`` hands out. Who may see a file is decided by the app whose matter it belongs to.
"""
