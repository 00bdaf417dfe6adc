"""Recomputes the stored values that NetworkGoldenTests compares the network with, using PyTorch.

    pip install torch numpy safetensors
    python Tests/ModelTests/Goldens/make_goldens.py

Writes one safetensors file per configuration beside this script: parameters, prompts and responses, the loss,
the logits of every example, the gradient of every parameter, ten AdamW steps with clipping, and ten of Muon
with AdamW for all that is no hidden matrix. Of two networks also the gradients with two heads that predict
later tokens. Everything is computed in double precision, sequence by sequence, by a plain implementation of
the same network. torch.optim.Muon (PyTorch 2.9 or newer) takes its orthogonal
factors in bfloat16, so its losses are stored beside those of the same steps in double precision.
"""

import json
import math
import pathlib

import numpy
import torch
from safetensors.numpy import save_file

STEPS, RATE, CLIP = 10, 3e-3, 1.0
MATRIX_RATE, MOMENTUM, DECAY = 5, 0.95, 0.01
HEADS, AHEAD_WEIGHT = 2, 0.3

CONFIGURATIONS = {
    "encoder-decoder": dict(
        architecture="encoderDecoder", vocabularySize=19, width=32, encoderLayers=1, decoderLayers=2, heads=2,
        hiddenWidth=48, tokenShift=0),
    "encoder-decoder-shift": dict(
        architecture="encoderDecoder", vocabularySize=33, width=16, encoderLayers=2, decoderLayers=1, heads=2,
        hiddenWidth=32, tokenShift=1),
    "decoder-only": dict(
        architecture="decoderOnly", vocabularySize=21, width=48, encoderLayers=0, decoderLayers=2, heads=2,
        hiddenWidth=32, tokenShift=0),
    "decoder-only-shift": dict(
        architecture="decoderOnly", vocabularySize=16, width=32, encoderLayers=0, decoderLayers=2, heads=4,
        hiddenWidth=64, tokenShift=2),
}
# (prompt tokens, response tokens): odd lengths, the shortest possible, one longer than a block of queries
LENGTHS = [(7, 9), (1, 2), (5, 66), (23, 4), (50, 17)]


def shapes(c):
    """Name, shape and spread of every tensor."""
    D, H, V = c["width"], c["hiddenWidth"], c["vocabularySize"]
    result = []

    def stack(name, layers, cross, outputs):
        result.append((f"{name}.embedding", [V, D], 1.0))
        for k in range(c["tokenShift"]):
            result.append((f"{name}.shift.{k + 1}.embedding", [V, D], 0.5))
        for layer in range(layers):
            prefix = f"{name}.layers.{layer}"
            for part in ["attention"] + (["crossAttention"] if cross else []):
                for matrix in ["query", "key", "value", "output"]:
                    result.append((f"{prefix}.{part}.{matrix}", [D, D], 1 / math.sqrt(D)))
            for matrix, shape in [("gate", [H, D]), ("up", [H, D]), ("down", [D, H])]:
                result.append((f"{prefix}.feedForward.{matrix}", shape, 1 / math.sqrt(shape[1])))
            for norm in range(3 if cross else 2):
                result.append((f"{prefix}.norm{norm + 1}", [D], None))
        result.append((f"{name}.norm", [D], None))
        result.append((f"{name}.output", [outputs, D], 1 / math.sqrt(D)))

    if c["architecture"] == "encoderDecoder":
        stack("encoder", c["encoderLayers"], False, D)
    stack("decoder", c["decoderLayers"], c["architecture"] == "encoderDecoder", V)
    return result


def rms(x, gain):
    return x * torch.rsqrt((x * x).mean(-1, keepdim=True) + 1e-5) * gain


def rotate(x):
    """x: [heads, tokens, C]"""
    C = x.shape[-1]
    frequencies = 10000.0 ** (-torch.arange(0, C, 2, dtype=torch.float64) / C)
    angles = torch.arange(x.shape[-2], dtype=torch.float64)[:, None] * frequencies
    a, b = x[..., 0::2], x[..., 1::2]
    return torch.stack([a * angles.cos() - b * angles.sin(), a * angles.sin() + b * angles.cos()], -1).flatten(-2)


def attention(p, prefix, heads, queries, memory, causal, rotated):
    def split(x):
        return x.reshape(x.shape[0], heads, -1).transpose(0, 1)

    q, k, v = (split(x @ p[f"{prefix}.{name}"].T)
               for x, name in [(queries, "query"), (memory, "key"), (memory, "value")])
    if rotated:
        q, k = rotate(q), rotate(k)
    scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
    if causal:
        scores = scores.masked_fill(torch.ones(scores.shape[-2:], dtype=torch.bool).triu(1), -math.inf)
    out = scores.softmax(-1) @ v
    return out.transpose(0, 1).flatten(1) @ p[f"{prefix}.output"].T


def feed_forward(p, prefix, x):
    gate, up = x @ p[f"{prefix}.gate"].T, x @ p[f"{prefix}.up"].T
    return (torch.nn.functional.silu(gate) * up) @ p[f"{prefix}.down"].T


def run_stack(p, c, name, tokens, features, output):
    x = p[f"{name}.embedding"][tokens]
    for k in range(1, c["tokenShift"] + 1):
        shifted = p[f"{name}.shift.{k}.embedding"][tokens]
        x = x + torch.cat([torch.zeros_like(shifted[:k]), shifted[:-k]])[: len(tokens)]
    causal = name == "decoder"
    for layer in range(c["decoderLayers"] if causal else c["encoderLayers"]):
        prefix = f"{name}.layers.{layer}"
        h = rms(x, p[f"{prefix}.norm1"])
        x = x + attention(p, f"{prefix}.attention", c["heads"], h, h, causal, True)
        norm = 2
        if features is not None:
            h = rms(x, p[f"{prefix}.norm2"])
            x = x + attention(p, f"{prefix}.crossAttention", c["heads"], h, features, False, False)
            norm = 3
        x = x + feed_forward(p, f"{prefix}.feedForward", rms(x, p[f"{prefix}.norm{norm}"]))
    return rms(x, p[f"{name}.norm"]) @ p[output].T


def logits(p, c, prompt, response, output="decoder.output"):
    if c["architecture"] == "encoderDecoder":
        features = run_stack(p, c, "encoder", prompt, None, "encoder.output")
        return run_stack(p, c, "decoder", response[:-1], features, output)
    sequence = torch.cat([prompt, response[:-1]])
    return run_stack(p, c, "decoder", sequence, None, output)[len(prompt):]


def loss(p, c, examples):
    means = [torch.nn.functional.cross_entropy(logits(p, c, prompt, response), response[1:])
             for prompt, response in examples]
    return torch.stack(means).mean()


def is_hidden(name):
    """A matrix that Muon moves: all but embeddings, gains and the decoder's output layer."""
    return "layers" in name and "norm" not in name or name == "encoder.output"


def adamw(p):
    return [torch.optim.AdamW(p.values(), lr=RATE, betas=(0.9, 0.99), eps=1e-8, weight_decay=DECAY)]


class Muon(torch.optim.Optimizer):
    """Five steps of Newton-Schulz on the Nesterov momentum, in the precision of the parameters."""

    def __init__(self, params):
        super().__init__(params, {})

    @torch.no_grad()
    def step(self):
        rate = RATE * MATRIX_RATE
        for parameter in self.param_groups[0]["params"]:
            state = self.state[parameter]
            moment = state.setdefault("moment", torch.zeros_like(parameter))
            moment.lerp_(parameter.grad, 1 - MOMENTUM)
            x = torch.lerp(parameter.grad, moment, MOMENTUM)
            tall = x.shape[0] > x.shape[1]
            x = x.T if tall else x
            x = x / x.norm()
            for _ in range(5):
                gram = x @ x.T
                x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
            x = x.T if tall else x
            scale = math.sqrt(max(1, x.shape[0] / x.shape[1]))
            parameter.mul_(1 - rate * DECAY).sub_(rate * scale * x)


def muon(p):
    hidden = [tensor for name, tensor in p.items() if is_hidden(name)]
    rest = {name: tensor for name, tensor in p.items() if not is_hidden(name)}
    return [Muon(hidden)] + adamw(rest)


def torch_muon(p):
    hidden = [tensor for name, tensor in p.items() if is_hidden(name)]
    rest = {name: tensor for name, tensor in p.items() if not is_hidden(name)}
    matrices = torch.optim.Muon(
        hidden, lr=RATE * MATRIX_RATE, momentum=MOMENTUM, weight_decay=DECAY, adjust_lr_fn="original")
    return [matrices] + adamw(rest)


def train(start, c, examples, make_optimizers):
    """The loss before each step and the norm of its gradient."""
    p = {name: tensor.detach().clone().requires_grad_() for name, tensor in start.items()}
    optimizers = make_optimizers(p)
    losses, norms = [], []
    for _ in range(STEPS):
        for tensor in p.values():
            tensor.grad = None
        value = loss(p, c, examples)
        value.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(p.values(), CLIP).item())
        losses.append(value.item())
        for optimizer in optimizers:
            optimizer.step()
    return numpy.array(losses), numpy.array(norms)


def loss_ahead(p, c, examples):
    """Of all heads: head k sees the token k after the next, where there is one; a mean over all targets."""
    total = 0
    for k in range(1, HEADS + 1):
        for prompt, response in examples:
            targets = response[1 + k:]
            rows = logits(p, c, prompt, response, f"ahead.{k}")[:len(targets)]
            total += torch.nn.functional.cross_entropy(rows, targets, reduction="sum") / (len(response) - 1)
    return total / len(examples)


def make(name, c):
    random = numpy.random.default_rng(7)
    stored, p = {}, {}
    for tensor, shape, spread in shapes(c):
        draw = random.standard_normal(shape)
        values = (1 + 0.1 * draw if spread is None else spread * draw).astype(numpy.float32)
        stored[tensor] = values
        p[tensor] = torch.tensor(values, dtype=torch.float64, requires_grad=True)
    examples = []
    for index, (prompt_length, response_length) in enumerate(LENGTHS):
        pair = [random.integers(0, c["vocabularySize"], n) for n in (prompt_length, response_length)]
        for part, tokens in zip(["prompt", "response"], pair):
            stored[f"{part}.{index}"] = tokens.astype(numpy.float32)
        examples.append(tuple(torch.tensor(tokens) for tokens in pair))
    for index, (prompt, response) in enumerate(examples):
        stored[f"logits.{index}"] = logits(p, c, prompt, response).detach().numpy()
    value = loss(p, c, examples)
    value.backward()
    stored["loss"] = value.detach().numpy().reshape(1)
    for tensor in p:
        stored[f"gradient.{tensor}"] = p[tensor].grad.numpy().copy()

    if c["tokenShift"] > 0:
        heads = {f"ahead.{k + 1}": random.standard_normal((c["vocabularySize"], c["width"])).astype(numpy.float32)
                 for k in range(HEADS)}
        stored |= heads
        more = {key: tensor.detach().clone().requires_grad_() for key, tensor in p.items()}
        more |= {key: torch.tensor(value, dtype=torch.float64, requires_grad=True) for key, value in heads.items()}
        (loss(more, c, examples) + AHEAD_WEIGHT * loss_ahead(more, c, examples)).backward()
        stored |= {f"with-ahead.{key}": tensor.grad.numpy() for key, tensor in more.items()}

    for kind, optimizers in [("", adamw), ("muon.", muon), ("torch-muon.", torch_muon)]:
        stored[f"{kind}losses"], stored[f"{kind}norms"] = train(p, c, examples, optimizers)

    path = pathlib.Path(__file__).parent / f"{name}.safetensors"
    stored = {key: numpy.ascontiguousarray(value, dtype=numpy.float32) for key, value in stored.items()}
    save_file(stored, path, metadata={"configuration": json.dumps(c, sort_keys=True)})
    print(name, *(stored[f"{kind}losses"][-1] for kind in ["", "muon.", "torch-muon."]), path.stat().st_size)


for name, configuration in CONFIGURATIONS.items():
    make(name, configuration)
