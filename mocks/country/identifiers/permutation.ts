/** Spreads counters over all numbers of a length, and back: identifiers look unordered and still decode. */
export interface Permutation {
  forward(value: number, offset: number): number;
  backward(value: number, offset: number): number;
}

function inverseOf(multiplier: number, modulus: number): number {
  let [r, nextR, t, nextT] = [modulus, multiplier, 0, 1];
  while (nextR !== 0) {
    const quotient = Math.floor(r / nextR);
    [r, nextR] = [nextR, r - quotient * nextR];
    [t, nextT] = [nextT, t - quotient * nextT];
  }
  if (r !== 1) throw new Error(`${multiplier} has no inverse modulo ${modulus}`);
  return t < 0 ? t + modulus : t;
}

/** Affine over 0..modulus-1. The modulus stays below 2^26, so that products are exact in a double. */
export function buildPermutation(modulus: number, multiplier: number): Permutation {
  const inverse = inverseOf(multiplier, modulus);
  return {
    forward: (value, offset) => (value * multiplier + (offset % modulus)) % modulus,
    backward: (value, offset) => ((value + modulus - (offset % modulus)) * inverse) % modulus,
  };
}

const MASK_30 = 0x3fffffff;

/** Affine over 30 bits, in the integer arithmetic that wraps by itself. */
export function buildPermutation30(multiplier: number): Permutation {
  // Newton's iteration doubles the right low bits: 5 rounds are enough for 32.
  let inverse = multiplier;
  for (let round = 0; round < 5; round += 1) {
    inverse = Math.imul(inverse, 2 - Math.imul(multiplier, inverse));
  }
  return {
    forward: (value, offset) => (Math.imul(value, multiplier) + offset) & MASK_30,
    backward: (value, offset) => Math.imul(value - offset, inverse) & MASK_30,
  };
}
