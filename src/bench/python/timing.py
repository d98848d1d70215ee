"""How long a call of a peer takes."""
import statistics
import time


def median_milliseconds(run, seconds):
    """Of the second half of many calls: the first ones are warm-up."""
    taken, end = [], time.perf_counter() + seconds
    while len(taken) < 5 or time.perf_counter() < end:
        start = time.perf_counter()
        run()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken[len(taken) // 2:])
