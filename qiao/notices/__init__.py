"""Messages to people: what happened to a matter, said in the product and by e-mail, in the language of each recipient.

Nouns: notice (通知), delivery (发送: one notice on its way by one channel). Other apps call ``operations.tell`` inside
their operations; their texts lie in ``templates/<app>/notices/``. ``web`` shows the number of unread notices.
"""
