"""Numbers for statistics.test.ts, from other people's code.

pip install statsmodels==0.15.0 scipy==1.17.1 numpy==2.4.6
python3 lib/verify/statistics/__fixtures__/independent.py > lib/verify/statistics/__fixtures__/independent.json
"""

import json
import platform

import numpy
import scipy
import statsmodels
from scipy.stats import bootstrap, hypergeom, spearmanr
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

COUNTS = [(0, 1), (1, 1), (0, 5), (1, 5), (4, 5), (5, 5), (3, 7), (10, 20), (19, 20), (20, 20), (199, 200), (47, 235)]
PAIRS = [((5, 5), (0, 5)), ((5, 5), (1, 5)), ((5, 5), (2, 5)), ((0, 5), (5, 5)), ((3, 5), (3, 5)), ((20, 20), (14, 20)), ((7, 9), (2, 6)), ((1, 1), (0, 1))]
EVERY = [(5, 5, 5), (4, 5, 5), (4, 5, 2), (3, 5, 3), (19, 20, 5), (0, 5, 1), (10, 20, 3)]


def wilson(passes, of):
    low, high = proportion_confint(passes, of, alpha=0.05, method="wilson")
    return {"passes": passes, "of": of, "low": float(low), "high": float(high)}


def newcombe(reference, other):
    # statsmodels subtracts its second sample from its first.
    low, high = confint_proportions_2indep(*other, *reference, method="newcomb", compare="diff", alpha=0.05)
    return {"reference": reference, "other": other, "low": float(low), "high": float(high)}


def mean_interval(values, seed):
    result = bootstrap((values,), numpy.mean, n_resamples=400_000, batch=10_000, method="percentile", rng=numpy.random.default_rng(seed))
    return float(result.confidence_interval.low), float(result.confidence_interval.high)


def groups():
    random = numpy.random.default_rng(7)
    for prompts, trials in [(24, 5), (47, 5), (40, 20), (8, 20)]:
        passes = random.binomial(trials, random.beta(4, 1.5, prompts))
        low, high = mean_interval(passes / trials, 11)
        yield {"passes": passes.tolist(), "of": trials, "low": low, "high": high}


def paired():
    random = numpy.random.default_rng(8)
    for prompts, trials, drop in [(24, 5, 0.2), (47, 5, 0.0), (40, 20, 0.1)]:
        chance = random.beta(5, 1.5, prompts)
        reference = random.binomial(trials, chance)
        other = random.binomial(trials, numpy.clip(chance - drop, 0, 1))
        low, high = mean_interval((other - reference) / trials, 12)
        yield {"reference": reference.tolist(), "other": other.tolist(), "of": trials, "low": low, "high": high}


def spearman(xs, ys):
    return {"xs": xs, "ys": ys, "rho": float(spearmanr(xs, ys).statistic)}


print(
    json.dumps(
        {
            "madeBy": {
                "python": platform.python_version(),
                "statsmodels": statsmodels.__version__,
                "scipy": scipy.__version__,
                "numpy": numpy.__version__,
            },
            "wilson": [wilson(*count) for count in COUNTS],
            "newcombe": [newcombe(*pair) for pair in PAIRS],
            "passEvery": [
                {"passes": s, "of": n, "k": k, "chance": float(hypergeom(n, s, k).pmf(k))} for s, n, k in EVERY
            ],
            "groups": list(groups()),
            "paired": list(paired()),
            "spearman": [
                spearman([1, 2, 3], [10, 20, 30]),
                spearman([1, 2, 3, 4], [40, 10, 10, 5]),
                spearman([1, 1, 1, 2, 2, 2, 3, 3, 3], [12, 15, 11, 30, 28, 12, 90, 28, 77]),
                spearman([1, 2, 3, 4, 5, 6], [3, 1, 4, 1, 5, 9]),
            ],
        },
        indent=1,
    )
)
