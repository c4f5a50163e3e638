"""The papers of a matter: a unit's formal letter of reply (答复函) and a suggestion's own paper (R3.41–R3.47).

``content`` says what a paper holds, as plain data; ``pdf`` and ``docx`` set it, and neither knows the tables. What a paper
says is Chinese, whatever language the reader's pages are in: it is an official document, not part of the surface. Only the print of
all dates (``clocks``) follows the reader, as the page does that it prints.
"""
