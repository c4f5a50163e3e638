"""Numbers as official names write them."""

DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """1–99 in Chinese numerals: 14 → 十四, 20 → 二十."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones or not tens else "")
