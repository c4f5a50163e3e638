"""What a person may ask about their own data, and who has looked at what is protected of it (个人信息保护法 §§44–51).

Nouns: reading (查看记录: somebody has seen a protected value in full, for a reason), holding (所存信息: what is kept of a person,
from where, what for), term (保存期限: how long a kind of data is kept when it has done its work), disposal (到期处置: data of one
kind deleted or cleared because its term is over), hold (保全: a person's data kept beyond the term, for a reason).
"""
