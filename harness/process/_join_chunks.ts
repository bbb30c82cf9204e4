/**
 * Pieces of output put together.
 *
 * @param chunks The pieces, in order.
 * @param size How many bytes they hold together.
 * @returns All of them as one.
 */
export function joinChunks(
  chunks: readonly Uint8Array[],
  size: number,
): Uint8Array {
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
