// Layers over layers: what an engine would show in a container.

import { assertEquals, assertThrows } from "@std/assert";
import { HostError } from "../../../host/host.ts";
import { ARCHIVE_LIMITS } from "./limits.ts";
import { ImageTree } from "./image_tree.ts";
import { LayerBuilder } from "./layer.ts";
import { layerBudget } from "./read_layers.ts";
import { readTar } from "./read_tar.ts";
import { tarOf, type TestEntry } from "./_tar_testing.ts";

async function treeOf(
  ...layers: readonly (readonly TestEntry[])[]
): Promise<ImageTree> {
  const budget = layerBudget(ARCHIVE_LIMITS);
  const tree = new ImageTree(budget);
  for (const [index, entries] of layers.entries()) {
    const builder = new LayerBuilder({
      name: `layer ${index + 1}`,
      budget,
      readContent: () => Promise.resolve(undefined),
    });
    for await (const entry of readTar(sourceOf(tarOf(entries)))) {
      await builder.add(entry);
    }
    tree.apply(builder.finish());
  }
  return tree;
}

function sourceOf(bytes: Uint8Array) {
  async function* chunks() {
    yield bytes;
  }
  return { size: undefined, chunks };
}

function listing(tree: ImageTree): string[] {
  return [...tree.files()].map(([path, { kind, size }]) =>
    kind === "file" ? `${path} ${size}` : `${path} ${kind}`
  ).toSorted();
}

const file = (name: string, content = "") => ({ name, content });
const folder = (name: string) => ({ name: `${name}/` });
const link = (name: string, target: string) => ({ name, type: "2", target });
const hard = (name: string, target: string) => ({ name, type: "1", target });

const OVERLAYS: Readonly<
  Record<string, readonly [readonly (readonly TestEntry[])[], string[]]>
> = {
  "a later file replaces one": [
    [[file("a", "1")], [file("a", "22")]],
    ["/a 2"],
  ],
  "a folder keeps what is in it": [
    [[folder("d"), file("d/a")], [folder("d"), file("d/b")]],
    ["/d directory", "/d/a 0", "/d/b 0"],
  ],
  "a folder that no entry names is there": [
    [[file("d/e/a")]],
    ["/d directory", "/d/e directory", "/d/e/a 0"],
  ],
  "a whiteout removes": [
    [[file("d/a"), file("d/b")], [file("d/.wh.a")]],
    ["/d directory", "/d/b 0"],
  ],
  "a whiteout removes a folder with all that is in it": [
    [[file("d/e/a")], [file(".wh.d")]],
    [],
  ],
  "a whiteout spares its own layer, wherever it stands": [
    [[file("a", "1")], [file("a", "22"), file(".wh.a")]],
    ["/a 2"],
  ],
  "a whiteout of nothing is nothing": [
    [[file("a")], [file(".wh.b"), file("no/.wh.c")]],
    ["/a 0"],
  ],
  "an opaque folder hides what was in it": [
    [[file("d/a"), file("d/e/f")], [
      folder("d"),
      file("d/b"),
      file("d/.wh..wh..opq"),
    ]],
    ["/d directory", "/d/b 0"],
  ],
  "what union file systems note for themselves is no file": [
    [[file(".wh..wh.plnk"), file(".wh..wh.aufs")]],
    [],
  ],
  "a file replaces a folder": [
    [[file("d/a")], [file("d")]],
    ["/d 0"],
  ],
  "a folder replaces a file": [
    [[file("d")], [folder("d"), file("d/a")]],
    ["/d directory", "/d/a 0"],
  ],
  "a folder replaces a link": [
    [[folder("e"), link("d", "e")], [folder("d"), file("d/a")]],
    ["/d directory", "/d/a 0", "/e directory"],
  ],
  "a hard link is the same file": [
    [[file("a", "1"), hard("b", "./a")]],
    ["/a 1", "/b 1"],
  ],
  "a hard link reaches the layers below": [
    [[file("a", "1")], [hard("b", "a")]],
    ["/a 1", "/b 1"],
  ],
  "a hard link keeps what is replaced": [
    [[file("a", "1")], [hard("b", "a"), file("a", "22")]],
    ["/a 2", "/b 1"],
  ],
  "a folder may be named twice": [
    [[folder("d"), file("d/a"), folder("d")]],
    ["/d directory", "/d/a 0"],
  ],
  "devices are listed": [
    [[{ name: "null", type: "3" }, { name: "fifo", type: "6" }]],
    ["/fifo other", "/null other"],
  ],
};

for (const [rule, [layers, wanted]] of Object.entries(OVERLAYS)) {
  Deno.test(`image tree: ${rule}`, async () => {
    assertEquals(listing(await treeOf(...layers)), wanted);
  });
}

Deno.test("image tree: a later entry for a folder decides on owner and mode", async () => {
  const tree = await treeOf([{ ...folder("d"), mode: 0o777, uid: 7 }], [
    { ...folder("d"), mode: 0o555, uid: 0 },
  ]);
  const { mode, uid } = tree.resolve("/d").node;
  assertEquals([mode, uid], [0o555, 0]);
});

Deno.test("image tree: a hard link that changes the mode changes the file", async () => {
  const tree = await treeOf([
    { ...file("su"), mode: 0o755 },
    { ...hard("b", "su"), mode: 0o4755, uid: 0 },
  ]);
  assertEquals(tree.resolve("/su").node.mode, 0o4755);
});

Deno.test("image tree: bits, owners and capabilities are kept", async () => {
  const tree = await treeOf([
    { ...file("a"), mode: 0o6755, uid: 1000, gid: 50 },
    { ...file("b"), pax: { uid: "3000000", gid: "3000001" } },
    { ...file("c"), pax: { "SCHILY.xattr.security.capability": "x" } },
  ]);
  const at = (path: string) => tree.resolve(path).node;
  assertEquals([at("/a").mode, at("/a").uid, at("/a").gid], [0o6755, 1000, 50]);
  assertEquals([at("/b").uid, at("/b").gid], [3000000, 3000001]);
  assertEquals([at("/a").hasCapabilities, at("/c").hasCapabilities], [
    false,
    true,
  ]);
});

const RESOLVED: readonly (readonly [string, string])[] = [
  ["/usr/bin/tool", "/usr/bin/tool"],
  ["/bin/tool", "/usr/bin/tool"],
  ["/bin/../etc/./conf/", "/usr/etc/conf"],
  ["/opt/absolute", "/usr/bin/tool"],
  ["/opt/relative", "/usr/bin/tool"],
  ["/opt/chain", "/usr/bin/tool"],
  ["/../../bin/tool", "/usr/bin/tool"],
  ["/", "/"],
];

Deno.test("image tree: links are followed inside the image", async () => {
  const tree = await treeOf([
    folder("usr"),
    file("usr/bin/tool"),
    file("usr/etc/conf/x"),
    link("bin", "usr/bin"),
    link("opt/absolute", "/bin/tool"),
    link("opt/relative", "../bin/tool"),
    link("opt/chain", "./relative"),
    link("opt/dangling", "nowhere"),
  ]);
  for (const [path, wanted] of RESOLVED) {
    assertEquals(tree.resolve(path).path, wanted, path);
  }
  const itself = tree.resolve("/opt/chain", { follow: false });
  assertEquals([itself.path, itself.node.kind], ["/opt/chain", "symlink"]);
  for (
    const [path, code] of [
      ["/nowhere", "ENOENT"],
      ["/opt/dangling", "ENOENT"],
      ["/usr/bin/tool/x", "ENOTDIR"],
    ] as const
  ) {
    assertEquals(assertThrows(() => tree.resolve(path), HostError).code, code);
  }
});
