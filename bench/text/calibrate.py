"""From which resemblance on two texts are one idea: found on some prompts, tried on others."""

from collections.abc import Callable, Iterator, Sequence
from random import Random
from statistics import mean, pstdev

from bench.text.pairs import Labelled, Taken, Tally, as_used, by_pair, plain, tally

TARGET = 0.985  # a little above .98, for on other prompts it is a little less
BOUNDS = [at / 100 for at in range(25, 61)]
FOLDS, SEEDS, ORDERS = 5, 20, 10

Counts = dict[float, Tally]  # by bound


def lines(prompts: Sequence[Labelled]) -> Iterator[str]:
    """What `python -m bench.text calibrate FILE` prints."""
    used = [_counts(one, as_used) for one in prompts]
    others = [_in_other_orders(one, Random(0)) for one in prompts]
    yield f"lowest bound with a precision of {TARGET} on all {len(prompts)} prompts; and what it"
    yield f"gives on a fifth that it was not chosen on ({FOLDS} folds by prompt, {SEEDS} shuffles)"
    yield f"{'':<42}bound  precision    recall       multi prec.  multi recall"
    for name, counts in {
        "plain: Jaccard of 3-character grams": [_counts(one, plain) for one in prompts],
        "our measure, pair by pair": [_counts(one, by_pair) for one in prompts],
        "our measure as the product uses it": used,
        f"the same in {ORDERS} other orders of the texts": others,
    }.items():
        held = [_held_out(prompts, counts, Random(seed)) for seed in range(SEEDS)]
        columns = "  ".join(_spread(column) for column in zip(*held, strict=True))
        yield f"{name:<42}{_lowest(counts):>5.2f}  {columns}"
    yield "as the product uses it at every bound: precision, recall; and in the other orders"
    for bound in BOUNDS:
        sums = [sum((one[bound] for one in counts), Tally()) for counts in (used, others)]
        yield "  ".join([f"{bound:.2f}", *(f"{_or(s.precision)} {_or(s.recall)}" for s in sums)])


def _counts(one: Labelled, judge: Callable[[Labelled, float], Taken]) -> Counts:
    return {bound: tally(one, judge(one, bound)) for bound in BOUNDS}


def _in_other_orders(one: Labelled, random: Random) -> Counts:
    """All the orders together: which text is met first, and so kept, is chance."""
    orders = [_counts(_shuffled(one, random), as_used) for _ in range(ORDERS)]
    return {bound: sum((each[bound] for each in orders), Tally()) for bound in BOUNDS}


def _lowest(counts: Sequence[Counts]) -> float:
    """The lowest bound whose precision on these prompts is good enough; the highest if none is."""
    for bound in BOUNDS:
        if (sum((one[bound] for one in counts), Tally()).precision or 0) >= TARGET:
            return bound
    return BOUNDS[-1]


def _held_out(
    prompts: Sequence[Labelled], counts: Sequence[Counts], random: Random
) -> tuple[float, ...]:
    """Precision and recall, overall and of prompts with several ideas, each prompt at the bound
    that the other folds chose."""
    everything, multi = Tally(), Tally()
    folds = _folds(prompts, random)
    for fold in range(FOLDS):
        bound = _lowest([one for one, at in zip(counts, folds, strict=True) if at != fold])
        for prompt, one, at in zip(prompts, counts, folds, strict=True):
            if at == fold:
                everything += one[bound]
                multi += one[bound] if prompt.multi else Tally()
    found = (everything.precision, everything.recall, multi.precision, multi.recall)
    return tuple(one or 0.0 for one in found)


def _folds(prompts: Sequence[Labelled], random: Random) -> list[int]:
    """A fold for every prompt; those with several ideas are spread as evenly as the others."""
    order = sorted(range(len(prompts)), key=lambda at: (prompts[at].multi, random.random()))
    folds = [0] * len(prompts)
    for rank, at in enumerate(order):
        folds[at] = rank % FOLDS
    return folds


def _shuffled(one: Labelled, random: Random) -> Labelled:
    order = random.sample(range(len(one.generations)), len(one.generations))
    texts = tuple(one.generations[at] for at in order)
    return Labelled(texts, tuple(one.partition[at] for at in order), one.about)


def _spread(figures: Sequence[float]) -> str:
    return f"{mean(figures):.3f} ±{pstdev(figures):.3f}"


def _or(figure: float | None) -> str:
    return "  –  " if figure is None else f"{figure:.3f}"
