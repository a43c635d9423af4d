"""Causes that end the analysis too early: they name a person's mistake, not what made it possible (10.2.1 b 2)."""

from qms.records.searching import normalised

# Per language, as people write them; compared without case and diacritics.
WEAK = {
    "en": ("human error", "lack of attention", "negligence", "carelessness", "forgot", "inattention"),
    "ro": ("eroare umana", "neatentie", "neglijenta", "lipsa de atentie", "a uitat", "omisiune"),
    "bg": ("човешка грешка", "невнимание", "небрежност", "пропуск на служител", "забравил"),
}


def is_weak(cause: str) -> bool:
    """Whether a short cause rests on one of these words, in any of the languages."""
    text = normalised(cause)
    return len(text) < 200 and any(word in text for words in WEAK.values() for word in words)
