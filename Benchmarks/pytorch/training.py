"""Training steps of the peer: forward, backward, gradient clipping, AdamW."""

import random

import torch
import torch.nn.functional as F

from model import EncoderDecoder, Packing


class Batch:
    def __init__(self, examples):
        prompts = [example["prompt"] for example in examples]
        responses = [example["response"] for example in examples]
        self.prompts = Packing([len(p) for p in prompts])
        self.responses = Packing([len(r) - 1 for r in responses])
        self.prompt = torch.tensor([token for p in prompts for token in p])
        self.response = torch.tensor([token for r in responses for token in r[:-1]])
        self.targets = torch.tensor([token for r in responses for token in r[1:]])
        lengths = self.responses.lengths
        # mean over the sequences of the mean over a sequence's own targets
        self.weights = torch.repeat_interleave(1 / (lengths * len(lengths)), lengths)
        self.tokens = len(self.prompt) + len(self.response)


class Training:
    """Trains with batches of like lengths and packed tokens if `careful`.

    Otherwise it is the reference's way: batches as they come, padded.
    The reference pads prompts and responses to the longest of the batch; here that is spelled out by giving
    every sequence the longest length, which costs the same arithmetic.
    """

    def __init__(self, workload, weights, careful):
        self.model = EncoderDecoder(workload["size"], workload["longest"])
        self.model.load(weights)
        examples, size = workload["training"], workload["batchSize"]
        if careful:
            examples = bucketed(examples)
        groups = [examples[at : at + size] for at in range(0, len(examples), size)]
        self.tokens = sum(Batch(group).tokens for group in groups)
        self.batches = [Batch(group if careful else padded(group)) for group in groups]
        random.Random(1).shuffle(self.batches)
        self.optimizer = torch.optim.AdamW(
            self.model.parameters(), lr=1e-4, betas=(0.9, 0.99), eps=1e-8, weight_decay=0.01, fused=True
        )

    def loss(self, batch):
        model = self.model
        logits = model(batch.prompt, batch.prompts, batch.response, batch.responses)
        return (F.cross_entropy(logits, batch.targets, reduction="none") * batch.weights).sum()

    def first_loss(self, examples):
        with torch.no_grad():
            return self.loss(Batch(examples)).item()

    def run(self):
        """One pass over the batches; returns the real tokens of prompts and responses."""
        for batch in self.batches:
            self.optimizer.zero_grad(set_to_none=True)
            self.loss(batch).backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            self.optimizer.step()
        return self.tokens


def bucketed(examples):
    """Sorts by response length. Sorting neighbours by prompt too saves padding there and costs more."""
    return sorted(examples, key=lambda e: len(e["response"]))


def padded(examples):
    prompt = max(len(e["prompt"]) for e in examples)
    response = max(len(e["response"]) for e in examples)
    return [
        {
            "prompt": e["prompt"] + [0] * (prompt - len(e["prompt"])),
            "response": e["response"] + [0] * (response - len(e["response"])),
        }
        for e in examples
    ]
