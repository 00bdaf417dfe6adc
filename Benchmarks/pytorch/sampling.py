"""Batched sampling of the peer: several prompts at once, cached keys and values, finished rows dropped."""

import torch
import torch.nn.functional as F

from model import EncoderDecoder, Packing, rotate


class Sampling:
    """`rows` samples run together and stop one by one at their own lengths.

    If `careful`, cross-attention's keys and values are computed once per prompt, and the caches are compacted
    when an eighth of the rows has finished. Otherwise it is the reference's way: one prompt at a time, the
    prompt's features copied to each sample and projected to keys and values again at every token, the batch
    kept whole until its last row ends.
    """

    def __init__(self, workload, weights, careful):
        self.model = EncoderDecoder(workload["size"], workload["longest"])
        self.model.load(weights)
        self.width, self.heads = workload["size"]["width"], workload["size"]["heads"]
        self.requests, self.careful = workload["sampling"], careful
        self.rows = len(self.requests[0]["lengths"])

    def candidates(self):
        """The batch sizes worth trying, all multiples of a prompt's samples."""
        each, count = len(self.requests[0]["lengths"]), len(self.requests)
        prompts = sorted({min(count, max(1, rows // each)) for rows in (64, 128, 256, 512)})
        return [each * n for n in prompts]

    def run(self):
        """Answers every request; returns the tokens generated."""
        at_once = max(1, self.rows // len(self.requests[0]["lengths"])) if self.careful else 1
        tokens = 0
        with torch.inference_mode():
            for at in range(0, len(self.requests), at_once):
                tokens += self.answer(self.requests[at : at + at_once])
        return tokens

    def answer(self, requests):
        rows = Rows(self.model, requests, self.heads, self.careful)
        tokens, step = 0, 0
        token = torch.zeros(len(rows.lengths), dtype=torch.long)
        while len(rows.lengths):
            probabilities = self.logits(token, step, rows).softmax(-1)
            # exponential races: the same distribution as torch.multinomial, faster
            token = probabilities.div_(torch.empty_like(probabilities).exponential_()).argmax(-1)
            step += 1
            running = rows.lengths > step - 1
            tokens += int(running.sum())
            alive = rows.lengths > step
            finished = len(alive) - int(alive.sum())
            if finished == len(alive) or (self.careful and finished * 8 >= len(alive)):
                keep = alive.nonzero().flatten()
                rows.keep(keep, step)
                token = token[keep]
        return tokens

    def logits(self, token, step, rows):
        model, heads, count = self.model, self.heads, len(token)
        x = model.decoder_embedding(token)
        turn = model.table[step]
        for layer, cache, cross in zip(model.decoder, rows.caches, rows.cross):
            qkv = layer.attention.qkv(layer.norm1(x)).view(count, 3, heads, -1)
            turned = rotate(qkv[:, :2], turn)
            cache[0, :, :, step], cache[1, :, :, step] = turned[:, 1], qkv[:, 2]
            y = F.scaled_dot_product_attention(
                turned[:, 0, :, None], cache[0, :, :, : step + 1], cache[1, :, :, : step + 1]
            )
            x = x + layer.attention.output(y.reshape(count, -1))
            q = layer.cross_attention.query(layer.norm2(x))
            x = x + layer.cross_attention.output(rows.attend(q, layer, cross))
            x = x + layer.feed_forward(layer.norm3(x))
        return model.decoder_output(model.decoder_norm(x))


class Rows:
    """The running samples with their caches: [2, rows, heads, longest, head_width] for each layer."""

    def __init__(self, model, requests, heads, careful):
        self.heads, self.careful = heads, careful
        prompts = [request["prompt"] for request in requests]
        self.prompts = Packing([len(prompt) for prompt in prompts])
        features = model.encode(torch.tensor([token for prompt in prompts for token in prompt]), self.prompts)
        self.lengths = torch.tensor([length for request in requests for length in request["lengths"]])
        self.prompt_of = torch.tensor([i for i, request in enumerate(requests) for _ in request["lengths"]])
        rows, longest, width = len(self.lengths), int(self.lengths.max()), features.shape[1]
        self.caches = [torch.zeros(2, rows, heads, longest, width // heads) for _ in model.decoder]
        if careful:
            self.cross = [
                layer.cross_attention.keys_values(features, self.prompts) for layer in model.decoder]
            self.group()
        else:
            self.features = self.prompts.pad(features).expand(rows, -1, -1)
            self.cross = [None] * len(model.decoder)

    def group(self):
        """Places each row in [prompts, most rows of a prompt]. Rows of one prompt share keys and values."""
        counts = torch.bincount(self.prompt_of, minlength=self.prompts.count)
        self.most = int(counts.max()) if len(self.prompt_of) else 0
        starts = counts.cumsum(0) - counts
        within = torch.arange(len(self.prompt_of)) - starts[self.prompt_of]
        self.slot = self.prompt_of * self.most + within
        self.is_full = bool((counts == self.most).all())

    def keep(self, kept, step):
        self.lengths, self.prompt_of = self.lengths[kept], self.prompt_of[kept]
        for i, cache in enumerate(self.caches):
            compact = cache.new_empty(2, len(kept), *cache.shape[2:])
            compact[:, :, :, :step] = cache[:, kept, :, :step]
            self.caches[i] = compact
        if self.careful:
            self.group()

    def attend(self, q, layer, cross):
        if not self.careful:
            k, v = layer.cross_attention.key_value(self.features).unflatten(-1, (2, self.heads, -1)).unbind(2)
            q = q.view(len(q), 1, self.heads, -1)
            y = F.scaled_dot_product_attention(q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2))
            return y.reshape(len(q), -1)
        groups = self.prompts.count
        if not self.is_full:
            q = q.new_zeros(groups * self.most, q.shape[1]).index_copy_(0, self.slot, q)
        q = q.view(groups, self.most, self.heads, -1).transpose(1, 2)
        y = F.scaled_dot_product_attention(q, cross[0], cross[1], attn_mask=self.prompts.mask)
        y = y.transpose(1, 2).reshape(groups * self.most, -1)
        return y if self.is_full else y.index_select(0, self.slot)
