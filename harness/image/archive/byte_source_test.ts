import { assertEquals, assertRejects } from "@std/assert";
import { ArchiveError } from "./archive_error.ts";
import { ForwardSource, slice } from "./byte_source.ts";

/** Nine bytes in pieces of two, and how often they were begun with. */
function nine() {
  const counts = { opened: 0, read: 0 };
  async function* open() {
    counts.opened++;
    for (let at = 0; at < 9; at += 2) {
      counts.read++;
      yield new Uint8Array([at, at + 1]).subarray(0, 9 - at);
    }
  }
  return { source: new ForwardSource(open), counts };
}

async function bytesAt(
  source: ForwardSource,
  offset: number,
  size: number,
): Promise<number[]> {
  const pieces = await Array.fromAsync(slice(source, offset, size));
  return pieces.flatMap((piece) => [...piece]);
}

Deno.test("ForwardSource reads on where it stands, also in the middle of a piece", async () => {
  const { source, counts } = nine();
  assertEquals(await bytesAt(source, 0, 3), [0, 1, 2]);
  assertEquals(await bytesAt(source, 3, 2), [3, 4]);
  assertEquals(await bytesAt(source, 7, 2), [7, 8]);
  assertEquals(counts, { opened: 1, read: 5 });
});

Deno.test("ForwardSource begins anew for what has gone by", async () => {
  const { source, counts } = nine();
  assertEquals(await bytesAt(source, 6, 3), [6, 7, 8]);
  assertEquals(await bytesAt(source, 1, 3), [1, 2, 3]);
  assertEquals(await bytesAt(source, 1, 8), [1, 2, 3, 4, 5, 6, 7, 8]);
  assertEquals(counts.opened, 3);
});

Deno.test("slice() of what is not there is cut off", async () => {
  const { source } = nine();
  await assertRejects(
    () => bytesAt(source, 5, 6),
    ArchiveError,
    "it is cut off: 2 of 6 bytes are missing",
  );
});
