"""How dates and numbers are written and read, per language.

Django's Bulgarian shows 22.11.2026 but rejects it on input and reads 11/12/2026 the American way;
its English is American.
"""
