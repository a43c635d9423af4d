"""Lifecycles as pure tables: what every way to a state has passed, and how far one person alone can get."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from qms.lifecycle.rules import Rule
from qms.lifecycle.table import CLOCK, CREATE, EDIT, Lifecycle, Step

Facts = frozenset[str]


def facts_of(step: Step) -> Facts:
    """Everything a step asks for: its rules, its inputs, its signature, and whom it keeps out."""
    rules = {rule.name for rule in (*step.when, *step.after)}
    given = {f"given {name}" for name in step.give}
    apart = {f"not who did {verb}" for verb in step.not_who_did}
    return frozenset(rules | given | apart | ({f"signed {step.meaning}"} if step.meaning else set()))


def passed(lifecycle: Lifecycle) -> dict[str, Facts]:
    """State → what every way from the beginning to it has passed; exhaustive, as the least of all ways."""
    found: dict[str, Facts] = {lifecycle.initial: frozenset()}
    changed = True
    while changed:
        changed = False
        for step in lifecycle.steps:
            for source in step.sources:
                if source.value not in found:
                    continue
                way = found[source.value] | facts_of(step)
                before = found.get(step.to.value)
                after = way if before is None else before & way
                if after != before:
                    found[step.to.value], changed = after, True
    return found


def entered(lifecycle: Lifecycle, state: str) -> Facts:
    """What every step into a state asks for, whichever of them is taken."""
    ways = [facts_of(step) for step in lifecycle.steps if step.to.value == state and not step.is_decision]
    return frozenset.intersection(*ways) if ways else frozenset()


def taken(lifecycle: Lifecycle, verb: str) -> Facts:
    """What a verb asks for in each of its rows."""
    return frozenset.intersection(*(facts_of(step) for step in lifecycle.steps if step.verb == verb))


def reached(lifecycle: Lifecycle, start: str, allowed: Callable[[Step], bool] = lambda step: True) -> set[str]:
    """States there is a way to from `start` over steps that are allowed."""
    found, front = {start}, [start]
    while front:
        for step in lifecycle.by_state[front.pop()]:
            if allowed(step) and step.to.value not in found:
                found.add(step.to.value)
                front.append(step.to.value)
    return found


def alone(lifecycle: Lifecycle, personal: frozenset[str]) -> set[str]:
    """States one person reaches who holds every role and every part, with the clock's help and all inputs right.

    `personal` are the rules that keep out whoever has a part in the record; every other rule is taken to hold.
    """
    begin = (lifecycle.initial, frozenset({CREATE, EDIT}))
    seen, front = {begin}, [begin]
    while front:
        state, did = front.pop()
        for step in lifecycle.by_state[state]:
            rules = {rule.name for rule in (*step.when, *step.after)}
            by_clock = step.takers == (CLOCK,)
            if not by_clock and (rules & personal or did & set(step.not_who_did)):
                continue
            done = did if by_clock else did | {step.verb}
            if step.verb in lifecycle.rounds:
                done = frozenset({CREATE, EDIT})
            world = (step.to.value, frozenset(done))
            if world not in seen:
                seen.add(world)
                front.append(world)
    return {state for state, _did in seen}


def mutants(lifecycle: Lifecycle) -> Iterator[tuple[str, Lifecycle]]:
    """Copies of the table with one guard, one separation, one needed input or one signature left out."""
    for place, step in enumerate(lifecycle.steps):
        for name, weaker in _weaker(step):
            steps = (*lifecycle.steps[:place], weaker, *lifecycle.steps[place + 1 :])
            yield f"{step.verb} from {step.sources[0].value} without {name}", replace(lifecycle, steps=steps)


def _weaker(step: Step) -> Iterator[tuple[str, Step]]:
    for rule in step.when:
        yield rule.name, replace(step, when=_without(step.when, rule))
    for rule in step.after:
        yield rule.name, replace(step, after=_without(step.after, rule))
    for verb in step.not_who_did:
        yield f"not who did {verb}", replace(step, not_who_did=tuple(v for v in step.not_who_did if v != verb))
    for name in step.give:
        yield f"given {name}", replace(step, give=tuple(n for n in step.give if n != name))
    if step.meaning:
        yield f"signature {step.meaning}", replace(step, meaning="")


def _without(rules: tuple[Rule, ...], left_out: Rule) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if rule is not left_out)
