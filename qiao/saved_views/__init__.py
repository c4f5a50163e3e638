"""Lists as somebody narrowed and ordered them, kept by a name: one's own, or for all who act in the same body.

Noun: saved view (常用视图): the address of a page of this product, without its place in the paging.
"""
