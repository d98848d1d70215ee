"""All-pairs drawing of test cases: few rows in which every value of every argument meets every value of every other."""
import itertools
import random


def rows(factors, allowed=lambda row: True, tries=3000):
    """Rows {argument: value} such that each two values of two arguments stand in one row, if any allowed row has both.

    factors: {argument: list of values}; None among them means an argument that is left out. The same call gives the same rows.
    """
    rng = random.Random(repr(factors))
    names = list(factors)
    missing = {((a, i), (b, j)) for a, b in itertools.combinations(names, 2)
               for i in range(len(factors[a])) for j in range(len(factors[b]))}
    found, impossible = [], set()
    while missing:
        wanted = min(missing)
        best, most = None, 0
        for attempt in range(tries):
            at = {name: rng.randrange(len(factors[name])) for name in names} | dict(wanted)
            row = {name: factors[name][i] for name, i in at.items()}
            new = len(missing & set(itertools.combinations(at.items(), 2)))
            if new > most and allowed(row):
                best, most = (row, at), new
            if best and attempt >= 60:
                break
        if best is None:
            impossible.add(wanted)
            missing.discard(wanted)
        else:
            found.append(best[0])
            missing -= set(itertools.combinations(best[1].items(), 2))
    never = [tuple((name, factors[name][i]) for name, i in pair) for pair in sorted(impossible)]
    return found, never
