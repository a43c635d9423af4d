"""Standards a quality system answers to: frameworks, editions, and their requirements by number."""
