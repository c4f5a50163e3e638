"""Qiao (桥): the platform on which a people's congress works with its deputies."""
