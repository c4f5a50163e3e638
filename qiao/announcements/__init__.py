"""What a congress has to say to many at once: one text, to its deputies, to delegations, to units or to the holders of a role.

Nouns: announcement (公告通知), audience (发送范围). Each recipient gets a notice like any other; ``tasks.tell`` tells them a part at a
time, so that a message to all deputies of a province neither waits for one transaction nor holds up the other work.
"""
