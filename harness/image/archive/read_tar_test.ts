// Archives that others wrote: what GNU tar makes of a folder, in every format.

import { assertEquals } from "@std/assert";
import { entryOf, joined, tarOf } from "./_tar_testing.ts";
import { readTar } from "./read_tar.ts";

const LONG = `${"folder/".repeat(30)}${"n".repeat(120)}`;

/** Writes the same few files in a format of GNU tar. */
async function gnuTar(format: string): Promise<Uint8Array> {
  const folder = await Deno.makeTempDir({ prefix: "runner-tar-" });
  try {
    const long = `${folder}/${LONG}`;
    await Deno.mkdir(long.slice(0, long.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(`${folder}/a`, "content");
    await Deno.chmod(`${folder}/a`, 0o4711);
    await Deno.link(`${folder}/a`, `${folder}/b`);
    await Deno.symlink("ünï", `${folder}/c`);
    if (format !== "ustar") await Deno.writeTextFile(long, "long");
    const { stdout, success, stderr } = await new Deno.Command("tar", {
      args: [
        ...[`--format=${format}`, "--owner=alice:70000", "--group=staff:50"],
        ...["--sort=name", "-c", "."],
      ],
      cwd: folder,
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    return stdout;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** In pieces, so that nothing depends on where one ends. */
function sourceOf(bytes: Uint8Array, piece: number) {
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += piece) {
      yield bytes.subarray(at, at + piece);
    }
  }
  return { size: undefined, chunks };
}

async function entriesOf(bytes: Uint8Array, piece = 700) {
  const found: Record<string, unknown> = {};
  for await (const entry of readTar(sourceOf(bytes, piece))) {
    const { name, kind, mode, uid, gid, size, target } = entry;
    const content = new TextDecoder().decode(await entry.read());
    if (kind === "directory") continue;
    found[name] = { kind, mode, uid, gid, size, target, content };
  }
  return found;
}

const OWNER = { uid: 70000, gid: 50 };
const FILE = { kind: "file", ...OWNER, target: "" };

for (const format of ["ustar", "gnu", "oldgnu", "pax"]) {
  Deno.test(`readTar() reads the ${format} format of GNU tar`, async () => {
    const long = format === "ustar" ? {} : {
      [`./${LONG}`]: { ...FILE, mode: 0o644, size: 4, content: "long" },
    };
    assertEquals(await entriesOf(await gnuTar(format)), {
      "./a": { ...FILE, mode: 0o4711, size: 7, content: "content" },
      "./b": {
        ...{ kind: "hardlink", ...OWNER, mode: 0o4711, size: 0 },
        ...{ target: "./a", content: "" },
      },
      "./c": {
        ...{ kind: "symlink", ...OWNER, mode: 0o777, size: 0 },
        ...{ target: "ünï", content: "" },
      },
      ...long,
    });
  });
}

Deno.test("readTar() does not mind where the pieces end", async () => {
  const bytes = tarOf([{ name: "a", content: "x".repeat(1000) }, {
    name: "b",
  }]);
  const wanted = await entriesOf(bytes, bytes.length);
  for (const piece of [1, 511, 512, 513, 1500]) {
    assertEquals(await entriesOf(bytes, piece), wanted);
  }
});

Deno.test("readTar() passes over what nobody reads, without reading it", async () => {
  const bytes = tarOf([
    { name: "a", content: "x".repeat(100_000) },
    { name: "b", content: "y" },
  ]);
  let read = 0;
  async function* chunks(offset: number) {
    for (let at = offset; at < bytes.length; at += 512) {
      read += 512;
      yield bytes.subarray(at, at + 512);
    }
  }
  const names: string[] = [];
  for await (const { name } of readTar({ size: bytes.length, chunks })) {
    names.push(name);
  }
  assertEquals(names, ["a", "b"]);
  assertEquals(read < 5000, true, `${read} bytes were read`);
});

Deno.test("readTar() takes an archive without its end, as engines do", async () => {
  const bytes = joined([entryOf({ name: "a" }), entryOf({ name: "b" })]);
  assertEquals(Object.keys(await entriesOf(bytes)), ["a", "b"]);
  const one = joined([bytes, new Uint8Array(512)]);
  assertEquals(Object.keys(await entriesOf(one)), ["a", "b"]);
});

Deno.test("readTar() reads sizes of 8 GiB and more", async () => {
  const size = 9 * 2 ** 30;
  const header = entryOf({
    name: "a",
    patch: (header) => {
      header.fill(0, 124, 136);
      header[124] = 0x80;
      new DataView(header.buffer, header.byteOffset).setBigUint64(
        128,
        BigInt(size),
      );
    },
  });
  async function* chunks(offset: number) {
    if (offset === 0) yield header;
  }
  const sizes: number[] = [];
  const source = { size: size + 512, chunks };
  for await (const entry of readTar(source)) sizes.push(entry.size);
  assertEquals(sizes, [size]);
});
