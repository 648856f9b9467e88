"""Text of a small document of the tests' own kind."""


def basket(name: str = "桃", days: int = 1) -> str:
    return f"fruits:\n  - {{key: peach, title: {{zh-hans: {name}, en: Peach}}, ripe-in: {days}}}\n"
