"""Signatures: a fresh proof over a frozen manifest. eIDAS *simple* signatures, never called more."""
