/**
 * A number of 64 bits that stands for a text: for dividing, for mixing, and for
 * noticing a change. It guards against mistakes, not against forgery.
 */

const ENCODER = new TextEncoder();

/**
 * Computes a fingerprint over pieces.
 *
 * Two lanes of 32 bits take the bytes of the text in UTF-8: each byte is mixed
 * in by exclusive or, the lane is multiplied by an odd constant and rotated. At
 * the end the lanes are mixed with the length and with each other, and finished
 * as MurmurHash3 finishes. The values are part of how suites are divided and
 * shuffled: another function would be another order.
 */
export class Fingerprint {
  #first = 0x9747b28c;
  #second = 0x3c6ef372;
  #length = 0;

  /**
   * Takes a piece.
   *
   * @param piece Bytes, or text that is taken as UTF-8.
   * @returns This one.
   */
  add(piece: string | Uint8Array): this {
    const bytes = typeof piece === "string" ? ENCODER.encode(piece) : piece;
    let first = this.#first;
    let second = this.#second;
    for (const byte of bytes) {
      first = Math.imul(first ^ byte, 0x85ebca6b);
      first = (first << 13) | (first >>> 19);
      second = Math.imul(second ^ byte, 0xc2b2ae35);
      second = (second << 15) | (second >>> 17);
    }
    this.#first = first;
    this.#second = second;
    this.#length += bytes.length;
    return this;
  }

  /** Both halves, each an integer of 32 bits that is not negative. */
  halves(): readonly [first: number, second: number] {
    const first = finished(this.#first ^ this.#length);
    const second = finished(this.#second ^ first);
    return [finished(first ^ second), second];
  }

  /** The value as sixteen hexadecimal digits. */
  hex(): string {
    return this.halves()
      .map((half) => half.toString(16).padStart(8, "0"))
      .join("");
  }
}

function finished(lane: number): number {
  let value = lane;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/**
 * Computes the fingerprint of a list of texts, their borders included.
 *
 * @param texts The texts.
 * @returns Sixteen hexadecimal digits.
 */
export function fingerprintOf(texts: Iterable<string>): string {
  const whole = new Fingerprint();
  for (const text of texts) whole.add(`${text.length}:`).add(text);
  return whole.hex();
}
