// Archives that somebody made to harm: each is an error that says where.

import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { MemoryHost } from "../../../host/memory_host.ts";
import {
  archiveOf,
  dockerParts,
  folderOf,
  Layout,
  layoutParts,
  type Parts,
} from "./_image_testing.ts";
import {
  entryOf,
  joined,
  paxOf,
  tarOf,
  type TestEntry,
} from "./_tar_testing.ts";
import { ArchiveError } from "./archive_error.ts";
import { ARCHIVE_LIMITS } from "./limits.ts";
import { readImage } from "./read_image.ts";

const LIMITS = {
  ...ARCHIVE_LIMITS,
  ...{ documentBytes: 4096, entries: 20, layers: 3, names: 50 },
  ...{ nameBytes: 9000, textBytes: 100, textsBytes: 150 },
  ...{ layerBytes: 2 ** 20, ratioFrom: 2 ** 18, ratio: 100 },
};

/** Everything but what is named, so that a stray read fails the test. */
function hostOf(content: Uint8Array | Parts): MemoryHost {
  return new MemoryHost({
    files: {
      "/etc/passwd": "the host's own",
      ...(content instanceof Uint8Array
        ? { "/image": content }
        : folderOf(content, "/image")),
    },
  });
}

async function refusal(content: Uint8Array | Parts): Promise<ArchiveError> {
  return await assertRejects(
    () =>
      readImage(hostOf(content), "/image", {
        limits: LIMITS,
        texts: {
          wants: (path) => path.startsWith("etc/"),
          paths: () => ["/etc/passwd"],
        },
      }),
    ArchiveError,
  );
}

const layer = (...entries: TestEntry[]) => ({ layers: [entries] });
const raw = (bytes: Uint8Array) => ({ layers: [bytes] });
const link = (name: string, target: string) => ({ name, type: "2", target });
const hard = (name: string, target: string) => ({ name, type: "1", target });

/** What a layer holds, the entry it is found at, and what is said of it. */
const LAYERS: readonly (readonly [
  string,
  { layers: readonly (readonly TestEntry[] | Uint8Array)[] },
  string,
  string,
])[] = [
  ["a path that climbs", layer({ name: "a/../../b" }), "a/../../b", '".."'],
  ["an absolute path", layer({ name: "/etc/x" }), "/etc/x", "is absolute"],
  [
    "a long name that climbs",
    layer({ name: "x", pax: { path: "../x" } }),
    "../x",
    '".."',
  ],
  [
    "a name with a zero byte",
    layer({ name: "x", pax: { path: "a\0b" } }),
    "a\\x00b",
    "zero byte",
  ],
  [
    "a part that is too long",
    layer({ name: "x", pax: { path: "n".repeat(256) } }),
    "nnn",
    "more than 255 bytes",
  ],
  [
    "a path that is too long",
    layer({ name: "x", pax: { path: `${"n/".repeat(2050)}n` } }),
    "n/n",
    "more than 4096 bytes",
  ],
  ["an empty name", layer({ name: "" }), "", "its name is empty"],
  [
    "a hard link that climbs",
    layer(hard("a", "../../etc/passwd")),
    "a",
    'its target holds ".."',
  ],
  [
    "a hard link to an absolute path",
    layer(hard("a", "/etc/passwd")),
    "a",
    "its target is absolute",
  ],
  ["a hard link to nothing", layer(hard("a", "b")), "a", '"b", which is not'],
  [
    "a hard link to a folder",
    layer({ name: "d/" }, hard("a", "d")),
    "a",
    "which is a folder",
  ],
  [
    "links in a circle",
    layer(link("etc/passwd", "other"), link("etc/other", "passwd")),
    "etc/",
    "leads in a circle",
  ],
  [
    "a link to itself on the way",
    layer(link("etc", "etc")),
    "etc",
    "leads in a circle",
  ],
  [
    "a link that leads out",
    layer(link("etc/passwd", "../../etc/passwd")),
    "etc/passwd",
    "leads out of the image",
  ],
  [
    "an absolute link that leads out",
    layer(link("etc/passwd", "/../etc/passwd")),
    "etc/passwd",
    "leads out of the image",
  ],
  ["an empty link", layer(link("a", "")), "a", "its target is empty"],
  [
    "an entry below a link",
    layer(link("a", "/etc"), { name: "a/passwd" }),
    "a/passwd",
    'below "a", which is no folder',
  ],
  [
    "a whiteout below a link",
    { layers: [[link("a", "/etc")], [{ name: "a/.wh.passwd" }]] },
    "a/.wh.passwd",
    "which is no folder",
  ],
  ["a whiteout of ..", layer({ name: "a/.wh..." }), "a/.wh...", "no"],
  [
    "a file that is there twice",
    layer({ name: "a" }, { name: "./a" }),
    "./a",
    "it is there twice",
  ],
  [
    "a folder that is a file as well",
    layer({ name: "a/" }, { name: "a" }),
    "a",
    "it is there twice",
  ],
  ["a root that is a file", layer({ name: "." }), ".", "is a folder"],
  [
    "too many files",
    layer(...Array.from({ length: 51 }, (_, i) => ({ name: `${i}` }))),
    "50",
    "more than 50 files",
  ],
  [
    "too many implied folders",
    layer({ name: "a/".repeat(48) }, { name: "b/b/b/b" }),
    "b/b/b/b",
    "more than 50 files",
  ],
  [
    "names that are too long together",
    layer(
      ...["a", "b", "c"].map((name) => link(name, name.repeat(4000)))
        .map(({ target, ...entry }) => ({
          ...entry,
          pax: { linkpath: target },
        })),
    ),
    "c",
    "longer than 9000 characters",
  ],
  [
    "texts that are too long together",
    layer(
      { name: "etc/a", content: "x".repeat(99) },
      { name: "etc/b", content: "x".repeat(99) },
    ),
    "",
    "more than 150 bytes",
  ],
  [
    "a sparse file of GNU tar",
    layer({ name: "a", type: "S" }),
    "a",
    "sparse file",
  ],
  [
    "a sparse file in extended headers",
    layer({ name: "a", pax: { "GNU.sparse.major": "1" } }),
    "a",
    "sparse file",
  ],
  ["an unknown kind", layer({ name: "a", type: "V" }), "a", 'kind "V"'],
  [
    "a link with content",
    layer({ ...link("a", "b"), content: "x" }),
    "a",
    "is no file, but has content",
  ],
  [
    "a file named like a folder",
    layer({ name: "a/", type: "0" }),
    "a/",
    "named like a folder",
  ],
  [
    "an owner that is no number",
    layer({ name: "a", patch: (header) => void header.fill(57, 108, 115) }),
    "a",
    "its owner is no number",
  ],
  [
    "a negative size",
    layer({ name: "a", patch: (header) => void header.fill(255, 124, 136) }),
    "a",
    "its size is no number",
  ],
  [
    "a global header that renames",
    layer({ name: "g", type: "g", content: paxOf([["path", "b"]]) }, {
      name: "a",
    }),
    "",
    'global extended header sets "path"',
  ],
  [
    "an extended header that is malformed",
    layer({ name: "x", type: "x", content: "9999 path=a\n" }),
    "",
    "no valid length",
  ],
  [
    "an extended header that says a thing twice",
    layer({ name: "x", type: "x", content: paxOf([["a", "1"], ["a", "2"]]) }),
    "",
    '"a" is given twice',
  ],
  [
    "an extended header without an equals sign",
    layer({ name: "x", type: "x", content: "7 path\n" }),
    "",
    "not KEY=VALUE",
  ],
  [
    "two extended headers for one entry",
    layer(
      { name: "x", type: "x", content: paxOf([["path", "a"]]) },
      { name: "x", type: "x", content: paxOf([["path", "b"]]) },
    ),
    "",
    "two extended headers",
  ],
  [
    "an entry that is named twice",
    layer(
      { name: "x", type: "L", content: "long\0" },
      { name: "a", pax: { path: "b" } },
    ),
    "long",
    "named twice",
  ],
  [
    "a size that is no number",
    layer({ name: "a", pax: { size: "-1" } }),
    "",
    'says "-1", wanted a number',
  ],
  [
    "an extended header without an entry",
    layer({ name: "x", type: "x", content: paxOf([["path", "a"]]) }),
    "",
    "ends behind an extended header",
  ],
  [
    "an extended header that is huge",
    layer({ name: "x", type: "x", size: 2 ** 30 }),
    "",
    "has 1073741824 bytes",
  ],
  [
    "something behind the end",
    raw(joined([tarOf([{ name: "a" }]), entryOf({ name: "b" })])),
    "",
    "something stands behind its end",
  ],
  ["garbage", raw(new Uint8Array(1024).fill(65)), "", "checksum is wrong"],
  [
    "a layer cut off in a header",
    raw(tarOf([{ name: "a" }]).subarray(0, 300)),
    "",
    "it is cut off",
  ],
  [
    "a layer cut off in a file",
    raw(tarOf([{ name: "a", content: "x".repeat(2000) }]).subarray(0, 1024)),
    "",
    "it is cut off",
  ],
];

for (const [name, image, entry, says] of LAYERS) {
  Deno.test(`a layer with ${name} is refused`, async () => {
    const { message } = await refusal(layoutParts(image));
    assertStringIncludes(message, 'Cannot read image "/image", layer ');
    assertStringIncludes(message, " (blobs/sha256/");
    assertStringIncludes(message, says);
    if (entry !== "") assertStringIncludes(message, `entry "${entry}`);
  });
}

const ZEROS = new Uint8Array(400_000);
const gzip = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));
const zstd = (bytes: Uint8Array) => new Uint8Array(zstdCompressSync(bytes));
const GOOD = layer({ name: "etc/a", content: "x" });

/** Changes the blob behind a name without changing the name. */
function swap(parts: Parts, pattern: RegExp, to: string | Uint8Array): Parts {
  const name = Object.keys(parts).find((name) => pattern.test(name));
  assert(name !== undefined);
  return { ...parts, [name]: to };
}

function rename(parts: Parts, pattern: RegExp): Parts {
  const entries = Object.entries(parts).filter(([name]) => !pattern.test(name));
  assert(entries.length < Object.keys(parts).length);
  return Object.fromEntries(entries);
}

const manifest = (value: unknown) =>
  archiveOf({ "manifest.json": JSON.stringify(value) });
const text = (parts: Parts, name: string) => String(parts[name]);

function changedLayer(): Parts {
  const { parts, name } = oneLayer();
  return { ...parts, [name]: tarOf([{ name: "etc/a", content: "y" }]) };
}

function oneLayer() {
  const parts = layoutParts(GOOD);
  const name = Object.keys(parts).find((name) =>
    parts[name] instanceof Uint8Array
  );
  assert(name !== undefined);
  return { parts, name };
}

function changedDocument(): Parts {
  const layout = new Layout();
  const top = layout.putImage(GOOD);
  const parts = layout.parts([top]);
  const name = `blobs/sha256/${top.digest.slice("sha256:".length)}`;
  return { ...parts, [name]: text(parts, name).replace("2", "3") };
}

const ARCHIVES: Readonly<
  Record<string, readonly [() => Uint8Array | Parts, string]>
> = {
  "an empty file": [() => new Uint8Array(), "it is empty"],
  "an empty archive": [
    () => tarOf([]),
    'or "manifest.json" in it, found nothing',
  ],
  "garbage": [() => new Uint8Array(2000).fill(7), "checksum is wrong"],
  "garbage behind the magic of gzip": [
    () => new Uint8Array(2000).fill(7).with(0, 0x1f).with(1, 0x8b),
    "its gzip cannot be unpacked",
  ],
  "some other archive": [
    () => tarOf([{ name: "README" }]),
    'found "README"',
  ],
  "an archive that is cut off": [
    () => archiveOf(dockerParts(GOOD)).subarray(0, 2000),
    "it is cut off",
  ],
  "a packed archive that is cut off": [
    () => gzip(archiveOf(dockerParts(GOOD))).subarray(0, 200),
    "its gzip cannot be unpacked",
  ],
  "a part that climbs": [
    () => tarOf([{ name: "../manifest.json" }]),
    'entry "../manifest.json": its name holds ".."',
  ],
  "a part that is there twice": [
    () => tarOf([{ name: "manifest.json" }, { name: "manifest.json" }]),
    'entry "manifest.json": it is there twice',
  ],
  "a device": [
    () => tarOf([{ name: "manifest.json", type: "3" }]),
    "it is a device",
  ],
  "parts that link in a circle": [
    () => tarOf([link("a", "b"), link("b", "a")]),
    'links lead in a circle at "a"',
  ],
  "a part that links out": [
    () => tarOf([link("manifest.json", "../etc/passwd")]),
    "its target leads out of the archive",
  ],
  "a part that links to an absolute path": [
    () => tarOf([link("x/manifest.json", "/etc/passwd")]),
    "its target is absolute",
  ],
  "too many parts": [
    () => tarOf(Array.from({ length: 21 }, (_, i) => ({ name: `${i}` }))),
    "more than 20 entries",
  ],
  "a manifest that is no JSON": [
    () => archiveOf({ "manifest.json": "<html>" }),
    '"/image", manifest.json: it is no JSON: wanted a value at line 1',
  ],
  "a manifest that is no text": [
    () => archiveOf({ "manifest.json": new Uint8Array([0xff]) }),
    "is not UTF-8",
  ],
  "a manifest that is huge": [
    () => archiveOf({ "manifest.json": " ".repeat(5000) }),
    "it has 5000 bytes, at most 4096 are read",
  ],
  "a manifest without images": [() => manifest([]), "lists no image"],
  "a manifest of another shape": [
    () => manifest([{ Config: 1 }]),
    "wanted a text in [0].Config, found 1",
  ],
  "a manifest whose layer is missing": [
    () => archiveOf(rename(dockerParts(GOOD), /layer\.tar$/)),
    '"/image", 0/layer.tar: it is not there',
  ],
  "a manifest whose layer climbs": [
    () => {
      const parts = dockerParts(GOOD);
      const changed = text(parts, "manifest.json")
        .replace("0/layer.tar", "../../etc/passwd");
      return { ...parts, "manifest.json": changed };
    },
    "../../etc/passwd: it is not there",
  ],
  "a configuration that is missing": [
    () => archiveOf(rename(dockerParts(GOOD), /^\w{64}\.json$/)),
    "it is not there",
  ],
  "a configuration that is not what its name says": [
    () => archiveOf(swap(dockerParts(GOOD), /^\w{64}\.json$/, "{}")),
    "wanted digest sha256:",
  ],
  "a configuration that is no JSON": [
    () =>
      archiveOf({
        "manifest.json": '[{"Config":"a","Layers":[]}]',
        "a": "{",
      }),
    '"/image", a: it is no JSON: wanted ',
  ],
  "a configuration of another shape": [
    () =>
      archiveOf({
        "manifest.json": '[{"Config":"a","Layers":[]}]',
        "a": '{"os":"linux","architecture":"amd64"}',
      }),
    "a: wanted an object in rootfs, found nothing",
  ],
  "a configuration that says one thing in two spellings": [
    () => layoutParts({ ...GOOD, config: { User: "1", uſer: "0" } }),
    'the key "uſer" is there twice in config, in two spellings',
  ],
  "a configuration in a spelling that only engines understand": [
    () => layoutParts({ ...GOOD, config: { entrypoint: ["/bin/sh"] } }),
    'wanted the key "Entrypoint", found "entrypoint"',
  ],
  "a configuration that is nested without end": [
    () =>
      archiveOf({
        "manifest.json": '[{"Config":"a","Layers":[]}]',
        "a": "[".repeat(2000) + "]".repeat(2000),
      }),
    "nested deeper than 100 levels",
  ],
  "a configuration that speaks of other layers": [
    () => {
      const parts = dockerParts(GOOD);
      const changed = text(parts, "manifest.json")
        .replace('["0/layer.tar"]', "[]");
      return archiveOf({ ...parts, "manifest.json": changed });
    },
    "it speaks of 1 layers, the manifest of 0",
  ],
  "too many layers": [
    () => layoutParts({ layers: [[], [], [], []] }),
    "it has 4 layers, at most 3 are read",
  ],
  "an index that is no digest": [
    () => ({
      "index.json":
        '{"manifests":[{"mediaType":"","digest":"sha256:../x","size":1}]}',
    }),
    'manifests[0].digest, found "sha256:../x"',
  ],
  "an index that points at nothing": [
    () => rename(layoutParts(GOOD), /blobs/),
    "it is not there",
  ],
  "an index without images": [
    () => new Layout().parts([]),
    "there is no image in it",
  ],
  "indexes that never end": [
    () => {
      const layout = new Layout();
      let inner = layout.putIndex([]);
      for (let depth = 0; depth < 21; depth++) {
        inner = layout.putIndex([inner]);
      }
      return layout.parts([inner]);
    },
    "lead to too many images",
  ],
  "what is no container image": [
    () => {
      const layout = new Layout();
      const config = layout.put("{}", "application/vnd.cncf.helm.config");
      const body = JSON.stringify({ config, layers: [] });
      const type = "application/vnd.oci.image.manifest.v1+json";
      return layout.parts([layout.put(body, type)]);
    },
    "its config is of type",
  ],
  "a document that was changed": [changedDocument, "wanted digest sha256:"],
  "a layer that was changed": [changedLayer, "wanted digest sha256:"],
  "a blob of another size": [
    () => {
      const { parts, name } = oneLayer();
      return { ...parts, [name]: "short" };
    },
    "it has 5 bytes, wanted",
  ],
  "a layer that is not what the configuration says": [
    () =>
      archiveOf(swap(dockerParts(GOOD), /layer\.tar$/, tarOf([{ name: "b" }]))),
    "layer 1 of 1 (0/layer.tar): wanted digest sha256:",
  ],
  "a packed layer that is cut off": [
    () =>
      layoutParts({ ...GOOD, pack: (bytes) => gzip(bytes).subarray(0, -9) }),
    "its gzip cannot be unpacked",
  ],
  "a packed layer with something behind it": [
    () =>
      layoutParts({
        ...GOOD,
        pack: (bytes) => joined([gzip(bytes), new Uint8Array([1, 2, 3])]),
      }),
    "its gzip cannot be unpacked",
  ],
  "a layer packed by zstd that is cut off": [
    () =>
      layoutParts({ ...GOOD, pack: (bytes) => zstd(bytes).subarray(0, -9) }),
    "it is cut off",
  ],
  "a layer packed by zstd with something behind it": [
    () =>
      layoutParts({
        ...GOOD,
        pack: (bytes) => joined([zstd(bytes), new Uint8Array(300_000).fill(7)]),
      }),
    "wanted a zstd frame, found something else",
  ],
  "a layer packed by zstd with a block of no known kind": [
    () =>
      layoutParts({
        ...GOOD,
        pack: () =>
          new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 0x20, 0, 0xff, 0, 0]),
      }),
    "a zstd block is malformed",
  ],
  "a layer that unpacks to far too much": [
    () => layoutParts({ ...raw(ZEROS), pack: gzip }),
    "more than 100 times its size",
  ],
  "a layer that is far too large": [
    () => layoutParts(raw(new Uint8Array(2 ** 20 + 1))),
    "more than 1048576 bytes",
  ],
  "an archive that unpacks to far too much": [
    () => gzip(ZEROS),
    "more than 100 times its size",
  ],
  "two manifests that speak of different images": [
    () =>
      archiveOf({
        ...layoutParts(GOOD),
        ...dockerParts(layer({ name: "other" })),
      }),
    "speak of different images",
  ],
};

for (const [name, [make, says]] of Object.entries(ARCHIVES)) {
  Deno.test(`${name} is refused`, async () => {
    const { message, remedy } = await refusal(make());
    assertStringIncludes(message, 'Cannot read image "/image"');
    assertStringIncludes(message, says);
    assert(remedy !== "");
  });
}

Deno.test("a folder whose blob is a link to the outside is refused", async () => {
  const { parts, name } = oneLayer();
  const host = new MemoryHost({
    files: {
      ...folderOf(parts, "/image"),
      "/etc/passwd": "the host's own",
      [`/image/${name}`]: { kind: "symlink", target: "/etc/passwd" },
    },
  });
  await assertRejects(
    () => readImage(host, "/image"),
    ArchiveError,
    "it is a link that leads out of the folder",
  );
});

Deno.test("a FIFO in the place of an archive or a blob is not opened", async () => {
  const { parts, name } = oneLayer();
  const host = new MemoryHost({
    files: {
      ...folderOf(parts, "/image"),
      [`/image/${name}`]: { kind: "other" },
      "/fifo": { kind: "other" },
    },
  });
  for (const path of ["/image", "/fifo"]) {
    await assertRejects(
      () => readImage(host, path),
      ArchiveError,
      "it is no regular file",
    );
  }
});

Deno.test("links beyond what is looked at harm nobody", async () => {
  const image = layer(
    link("loop", "loop"),
    link("out", "../../../../etc/passwd"),
    link("host", "/etc/shadow"),
    { name: "dev/null", type: "3" },
  );
  const { tree } = await readImage(hostOf(layoutParts(image)), "/image");
  assertEquals([...tree.files()].length, 5);
});
