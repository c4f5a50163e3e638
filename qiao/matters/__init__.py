"""What deputies put forward and what becomes of it: suggestions (代表建议、批评和意见) from draft to published answer.

Nouns: suggestion (建议), signature (附议), assignment (交办), contact (沟通联系), reply (答复), evaluation (评价), clock (时限).
One suggestion has a machine of its own (``flow.SUGGESTION``); each unit's assignment and each reply have theirs.
Builds on ``congress`` for mandates and on ``rulebook`` for periods and schemes; nothing below knows it.
"""
