"""Loads weights of shorten into PyTorch: the same network, the same logits (`examples/test-load-weights`).

    shorten export runs/maze --round 10 --weights maze.safetensors
    python3 examples/load_weights.py maze.safetensors "start 0 2 goal 1 0 wall 1 2 wall 2 0"

The second command answers greedily.
"""
import json
import sys

import torch
from safetensors import safe_open
from torch.nn.functional import pad, scaled_dot_product_attention, silu


class Network:
    def __init__(self, path):
        with safe_open(path, "pt") as file:
            metadata = file.metadata()
            self.p = {name: file.get_tensor(name) for name in file.keys() if not name.startswith("moment")}
        self.c, self.words = json.loads(metadata["shorten.configuration"]), metadata.get("words", "").split()

    def norm(self, x, name):
        return x * torch.rsqrt((x * x).mean(-1, keepdim=True) + 1e-5) * self.p[name]

    def attention(self, name, queries, memory, causal=False, rotates=True):
        q, k, v = ((x @ self.p[f"{name}.{part}"].T).view(len(x), self.c["heads"], -1).transpose(0, 1)
                   for x, part in [(queries, "query"), (memory, "key"), (memory, "value")])
        if rotates:
            speeds = 1e4 ** (-torch.arange(0, q.shape[-1], 2) / q.shape[-1])
            angles = torch.outer(torch.arange(len(queries)), speeds)
            turn = torch.polar(torch.ones_like(angles), angles)
            q, k = (torch.view_as_real(torch.view_as_complex(x.unflatten(-1, (-1, 2))) * turn).flatten(-2)
                    for x in (q, k))
        heads = scaled_dot_product_attention(q, k, v, is_causal=causal).transpose(0, 1)
        return heads.flatten(1) @ self.p[f"{name}.output"].T

    def stack(self, name, tokens, memory=None):
        x = self.p[f"{name}.embedding"][tokens]
        # The embeddings of the tokens before, in tables of their own.
        for k in range(1, self.c["tokenShift"] + 1):
            x = x + pad(self.p[f"{name}.shift.{k}.embedding"][tokens], (0, 0, k, 0))[: len(tokens)]
        for layer in range(self.c[f"{name}Layers"]):
            at = f"{name}.layers.{layer}"
            h = self.norm(x, f"{at}.norm1")
            x = x + self.attention(f"{at}.attention", h, h, causal=name == "decoder")
            if memory is not None:
                h = self.norm(x, f"{at}.norm2")
                x = x + self.attention(f"{at}.crossAttention", h, memory, rotates=False)
            h = self.norm(x, f"{at}.norm{2 if memory is None else 3}")
            gated = silu(h @ self.p[f"{at}.feedForward.gate"].T) * (h @ self.p[f"{at}.feedForward.up"].T)
            x = x + gated @ self.p[f"{at}.feedForward.down"].T
        return self.norm(x, f"{name}.norm") @ self.p[f"{name}.output"].T

    def logits(self, prompt, response):
        """A row for each token of `response`, with the logits of the token after it.

        Both begin with bos (0); prompts end with eos (1)."""
        if self.c["architecture"] == "encoderDecoder":
            return self.stack("decoder", response, self.stack("encoder", prompt))
        return self.stack("decoder", torch.cat([prompt, response]))[len(prompt):]


if __name__ == "__main__":
    network, response = Network(sys.argv[1]), [0]
    prompt = torch.tensor([0, *map(network.words.index, sys.argv[2].split()), 1])
    while response[-1] != 1 and len(response) < 2000:
        response.append(int(network.logits(prompt, torch.tensor(response))[-1].argmax()))
    print(" ".join(network.words[token] for token in response[1:]))
