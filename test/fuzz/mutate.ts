/** Inputs for fuzzing: bytes that begin as something real and are then spoiled. The same seed gives the same inputs. */

export interface Random {
  (below: number): number;
}

/**
 * One input: one of the examples, or nothing, changed in up to eight places: bits flipped, pieces left out, doubled, moved or taken
 * from another example, tokens and random bytes put in.
 */
export function mutated(next: Random, examples: readonly Uint8Array[], tokens: readonly Uint8Array[]): Uint8Array {
  let bytes: Uint8Array = Uint8Array.from(next(20) === 0 ? [] : (examples[next(examples.length)] ?? []));
  for (let count = 1 + next(8); count > 0; count--) bytes = changed(next, bytes, examples, tokens);
  return bytes;
}

function changed(next: Random, bytes: Uint8Array, examples: readonly Uint8Array[], tokens: readonly Uint8Array[]): Uint8Array {
  const at = next(bytes.length + 1);
  const to = Math.min(bytes.length, at + 1 + next(next(4) === 0 ? 64 : 6));
  switch (next(7)) {
    case 0:
      if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << next(8));
      return bytes;
    case 1:
      return joined(bytes.subarray(0, at), bytes.subarray(to));
    case 2:
      return joined(bytes.subarray(0, to), bytes.subarray(at));
    case 3: {
      const other = examples[next(examples.length)] ?? bytes;
      const from = next(other.length + 1);
      return joined(bytes.subarray(0, at), other.subarray(from, from + next(80)), bytes.subarray(to));
    }
    case 4:
      return joined(
        bytes.subarray(0, at),
        Uint8Array.from({ length: 1 + next(6) }, () => next(256)),
        bytes.subarray(at),
      );
    case 5:
      return joined(bytes.subarray(0, at), tokens[next(tokens.length)] ?? bytes, bytes.subarray(next(2) === 0 ? at : to));
    default: {
      const piece = bytes.subarray(at, to);
      return joined(bytes.subarray(0, at), ...Array.from({ length: next(next(50) === 0 ? 200 : 6) }, () => piece), bytes.subarray(at));
    }
  }
}

/** The smallest input, found by leaving pieces out, that still fails. */
export function shrunk(bytes: Uint8Array, fails: (bytes: Uint8Array) => boolean): Uint8Array {
  let best = bytes;
  for (let size = Math.max(1, best.length >> 1); ; size = size >> 1) {
    for (let at = 0; at < best.length; ) {
      const less = joined(best.subarray(0, at), best.subarray(at + size));
      if (fails(less)) best = less;
      else at += size;
    }
    if (size <= 1) return best;
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
