"""The encoder-decoder of shorten's Model module in PyTorch, written for speed on a CPU.

It has the same parameters and is the same function: the weights are read from a checkpoint of shorten, and
the losses agree to float32 rounding. Linear layers, norms and gates run on packed tokens, so padding costs
nothing there; only attention (scaled_dot_product_attention) sees a padded batch. Query, key and value are one
product, gate and up another.
"""

import torch
import torch.nn.functional as F
from torch import nn

EPSILON = 1e-5


class Packing:
    """Where each token of a ragged batch lies in the padded batch [sequences, longest]."""

    def __init__(self, lengths):
        self.lengths = torch.tensor(lengths)
        self.count, self.longest = len(lengths), max(lengths)
        self.is_full = min(lengths) == self.longest
        columns = torch.arange(self.longest)
        self.valid = columns[None, :] < self.lengths[:, None]
        self.where = self.valid.flatten().nonzero().flatten()
        self.positions = columns.expand(self.count, -1).flatten()[self.where]
        # [sequences, 1, 1, longest]; None where nothing has to be hidden
        self.mask = None if self.is_full else self.valid[:, None, None, :]

    def pad(self, x):  # [tokens, C] -> [sequences, longest, C]
        if not self.is_full:
            x = x.new_zeros(self.count * self.longest, x.shape[1]).index_copy(0, self.where, x)
        return x.view(self.count, self.longest, -1)

    def unpad(self, x):  # [sequences, longest, C] -> [tokens, C]
        x = x.reshape(self.count * self.longest, -1)
        return x if self.is_full else x.index_select(0, self.where)


def rotary_table(head_width, length):
    frequencies = 10000.0 ** (-torch.arange(0, head_width, 2, dtype=torch.float64) / head_width)
    angles = torch.arange(length, dtype=torch.float64)[:, None] * frequencies[None, :]
    return torch.polar(torch.ones_like(angles), angles).to(torch.complex64)


def rotate(x, table):
    """Turns neighbouring pairs.

    x: [..., head_width]; table: [..., head_width / 2], complex, broadcast to x."""
    pairs = torch.view_as_complex(x.unflatten(-1, (-1, 2)))
    return torch.view_as_real(pairs * table).flatten(-2)


class Norm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return F.rms_norm(x, self.gain.shape, self.gain, EPSILON)


class FeedForward(nn.Module):
    def __init__(self, width, hidden):
        super().__init__()
        self.gate_up = nn.Linear(width, 2 * hidden, bias=False)
        self.down = nn.Linear(hidden, width, bias=False)

    def forward(self, x):
        gate, up = self.gate_up(x).chunk(2, dim=-1)
        return self.down(F.silu(gate) * up)


class Attention(nn.Module):
    """Self-attention over packed tokens."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.output = nn.Linear(width, width, bias=False)

    def forward(self, x, packing, table, causal):
        qkv = packing.pad(self.qkv(x)).unflatten(-1, (3, self.heads, -1)).permute(2, 0, 3, 1, 4)
        turned = rotate(qkv[:2], table[: packing.longest])
        # a causal row never sees the padding behind it
        mask = None if causal else packing.mask
        y = F.scaled_dot_product_attention(turned[0], turned[1], qkv[2], attn_mask=mask, is_causal=causal)
        return self.output(packing.unpad(y.transpose(1, 2)))


class CrossAttention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width, bias=False)
        self.key_value = nn.Linear(width, 2 * width, bias=False)
        self.output = nn.Linear(width, width, bias=False)

    def keys_values(self, features, prompts):
        kv = prompts.pad(self.key_value(features)).unflatten(-1, (2, self.heads, -1))
        return kv.permute(2, 0, 3, 1, 4)

    def forward(self, x, packing, features, prompts):
        k, v = self.keys_values(features, prompts)
        q = packing.pad(self.query(x)).unflatten(-1, (self.heads, -1)).transpose(1, 2)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=prompts.mask)
        return self.output(packing.unpad(y.transpose(1, 2)))


class EncoderLayer(nn.Module):
    def __init__(self, width, heads, hidden):
        super().__init__()
        self.norm1, self.norm2 = Norm(width), Norm(width)
        self.attention = Attention(width, heads)
        self.feed_forward = FeedForward(width, hidden)

    def forward(self, x, packing, table):
        x = x + self.attention(self.norm1(x), packing, table, causal=False)
        return x + self.feed_forward(self.norm2(x))


class DecoderLayer(nn.Module):
    def __init__(self, width, heads, hidden):
        super().__init__()
        self.norm1, self.norm2, self.norm3 = Norm(width), Norm(width), Norm(width)
        self.attention = Attention(width, heads)
        self.cross_attention = CrossAttention(width, heads)
        self.feed_forward = FeedForward(width, hidden)

    def forward(self, x, packing, table, features, prompts):
        x = x + self.attention(self.norm1(x), packing, table, causal=True)
        x = x + self.cross_attention(self.norm2(x), packing, features, prompts)
        return x + self.feed_forward(self.norm3(x))


class EncoderDecoder(nn.Module):
    def __init__(self, size, longest):
        super().__init__()
        width, heads, hidden = size["width"], size["heads"], size["hiddenWidth"]
        vocabulary = size["vocabularySize"]
        self.encoder_embedding = nn.Embedding(vocabulary, width)
        self.decoder_embedding = nn.Embedding(vocabulary, width)
        self.encoder = nn.ModuleList(EncoderLayer(width, heads, hidden) for _ in range(size["encoderLayers"]))
        self.decoder = nn.ModuleList(DecoderLayer(width, heads, hidden) for _ in range(size["decoderLayers"]))
        self.encoder_norm, self.decoder_norm = Norm(width), Norm(width)
        self.encoder_output = nn.Linear(width, width, bias=False)
        self.decoder_output = nn.Linear(width, vocabulary, bias=False)
        self.table = rotary_table(width // heads, longest)

    def encode(self, tokens, packing):
        x = self.encoder_embedding(tokens)
        for layer in self.encoder:
            x = layer(x, packing, self.table)
        return self.encoder_output(self.encoder_norm(x))

    def forward(self, prompt, prompts, response, responses):
        """Logits of packed response tokens. prompt, response: [tokens]."""
        features = self.encode(prompt, prompts)
        x = self.decoder_embedding(response)
        for layer in self.decoder:
            x = layer(x, responses, self.table, features, prompts)
        return self.decoder_output(self.decoder_norm(x))

    def load(self, tensors):
        """Copies the tensors of a shorten checkpoint into the fused layers."""

        def copy(parameter, *names):
            parameter.data.copy_(torch.cat([tensors[name] for name in names]))

        for side, layers in (("encoder", self.encoder), ("decoder", self.decoder)):
            copy(getattr(self, side + "_embedding").weight, f"{side}.embedding")
            copy(getattr(self, side + "_norm").gain, f"{side}.norm")
            copy(getattr(self, side + "_output").weight, f"{side}.output")
            for i, layer in enumerate(layers):
                at = f"{side}.layers.{i}."
                for norm in ("norm1", "norm2") + (("norm3",) if side == "decoder" else ()):
                    copy(getattr(layer, norm).gain, at + norm)
                own = at + "attention."
                copy(layer.attention.qkv.weight, own + "query", own + "key", own + "value")
                copy(layer.attention.output.weight, own + "output")
                forward = at + "feedForward."
                copy(layer.feed_forward.gate_up.weight, forward + "gate", forward + "up")
                copy(layer.feed_forward.down.weight, forward + "down")
                if side == "decoder":
                    cross = at + "crossAttention."
                    copy(layer.cross_attention.query.weight, cross + "query")
                    copy(layer.cross_attention.key_value.weight, cross + "key", cross + "value")
                    copy(layer.cross_attention.output.weight, cross + "output")
