"""People and the posts they act in: persons, accounts, roles, posts, sign-in.

Nouns: person (人员), user (账号), role (角色: a named set of permissions), post (岗位: a person in a role for a congress
or unit, for a time). An actor acts in one post at a time. A deputy is not an account: mandates are in ``congress``.
"""
