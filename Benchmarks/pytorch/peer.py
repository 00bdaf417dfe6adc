"""The PyTorch peer of `bench`: reads a workload, then runs it as each line of stdin says.

A run goes on for three seconds, or is one pass.

    python peer.py WORKLOAD training|sampling

A line is `careful` or `reference`, the way to run. Each answer is one line of JSON: seconds and tokens. The
first line out names the version and the loss of the first training batch; `bench` compares it with its own.
"""

import json
import resource
import sys
import time

import torch
from safetensors.torch import load_file

from sampling import Sampling
from training import Training


def timed(body):
    """Seconds and tokens of as many runs as take three seconds."""
    start = time.perf_counter()
    tokens, seconds = 0, 0
    while seconds < 3:
        tokens += body()
        seconds = time.perf_counter() - start
    return {"seconds": seconds, "tokens": tokens}


def say(answer):
    answer["peakMemory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps(answer), flush=True)


def main():
    with open(sys.argv[1]) as file:
        workload = json.load(file)
    kind = {"training": Training, "sampling": Sampling}[sys.argv[2]]
    torch.set_num_threads(workload["threads"])
    weights = load_file(workload["weights"])
    batch = workload["training"][: workload["batchSize"]]
    first = Training(workload, weights, careful=True).first_loss(batch)
    runs = {"careful": kind(workload, weights, careful=True)}
    answer = {"version": torch.__version__, "loss": first}
    if kind is Sampling:
        careful = runs["careful"]
        candidates = careful.candidates()
        speeds = {}
        for careful.rows in candidates if len(candidates) > 1 else []:
            figures = timed(careful.run)
            speeds[careful.rows] = figures["tokens"] / figures["seconds"]
        careful.rows = max(speeds, key=speeds.get, default=candidates[0])
        answer["rows"] = careful.rows
    else:
        runs["careful"].run()
    say(answer)
    for line in sys.stdin:
        way = line.strip()
        if way not in runs:
            runs[way] = kind(workload, weights, careful=False)
        say(timed(runs[way].run))


if __name__ == "__main__":
    main()
