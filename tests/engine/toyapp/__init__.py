"""A toy record type for the engine's tests: a note with reviewers, a return, a reopening, a clock and two ends."""
