// Every kind of saved image, read without an engine.

import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { MemoryHost } from "../../../host/memory_host.ts";
import {
  archiveOf,
  dockerParts,
  folderOf,
  Layout,
  layoutParts,
  type Parts,
  type TestImage,
} from "./_image_testing.ts";
import { joined, tarOf } from "./_tar_testing.ts";
import { ArchiveError } from "./archive_error.ts";
import { parsePlatform } from "./platform.ts";
import { readImage, type ReadImageOptions } from "./read_image.ts";

const IMAGE: TestImage = {
  config: { User: "10001" },
  layers: [
    [{ name: "etc/" }, { name: "etc/old", content: "old" }],
    [{ name: "etc/" }, { name: "etc/new", content: "new" }],
  ],
};

function hostOf(content: string | Uint8Array | Parts): MemoryHost {
  const isParts = typeof content === "object" &&
    !(content instanceof Uint8Array);
  return new MemoryHost({
    files: isParts ? folderOf(content, "/image") : { "/image": content },
  });
}

function read(
  content: string | Uint8Array | Parts,
  options: ReadImageOptions = {},
) {
  return readImage(hostOf(content), "/image", options);
}

const gzip = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));
const zstd = (bytes: Uint8Array) => new Uint8Array(zstdCompressSync(bytes));

/** As old versions of docker save write a layer that is there twice. */
function linkedLayers(): Uint8Array {
  const parts = dockerParts(IMAGE);
  const entries = Object.entries(parts).map(([name, content]) => ({
    name,
    content,
  }));
  const first = { name: "0/layer.tar", type: "2", target: "../x/layer.tar" };
  const moved = { name: "x/layer.tar", content: parts["0/layer.tar"] ?? "" };
  return tarOf([first, moved, ...entries.slice(1)]);
}

/** A frame that carries remarks. */
const SKIPPED = new Uint8Array([0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2]);

const KINDS: Readonly<Record<string, () => Uint8Array | Parts>> = {
  "a docker archive": () => archiveOf(dockerParts(IMAGE)),
  "a docker archive with links to layers": linkedLayers,
  "an OCI archive": () => archiveOf(layoutParts(IMAGE)),
  "an OCI layout": () => layoutParts(IMAGE),
  "gzip layers": () => layoutParts({ ...IMAGE, pack: gzip }),
  "gzip layers of many members": () =>
    layoutParts({
      ...IMAGE,
      pack: (layer) =>
        new Uint8Array([
          ...gzipSync(layer.subarray(0, 600)),
          ...gzipSync(layer.subarray(600)),
        ]),
    }),
  "zstd layers": () => layoutParts({ ...IMAGE, pack: zstd }),
  "zstd layers of many frames, some for skipping": () =>
    layoutParts({
      ...IMAGE,
      pack: (layer) =>
        joined([
          ...[SKIPPED, zstd(layer.subarray(0, 600))],
          ...[SKIPPED, zstd(layer.subarray(600)), SKIPPED],
        ]),
    }),
  "gzip layers in a docker archive": () =>
    archiveOf(dockerParts({ ...IMAGE, pack: gzip })),
  "an archive packed by gzip": () => gzip(archiveOf(dockerParts(IMAGE))),
  "an archive packed by zstd": () => zstd(archiveOf(layoutParts(IMAGE))),
  "an archive that is both": () =>
    archiveOf({ ...layoutParts(IMAGE), ...dockerParts(IMAGE) }),
};

for (const [kind, make] of Object.entries(KINDS)) {
  Deno.test(`readImage() reads ${kind}`, async () => {
    const { config, tree } = await read(make());
    assertEquals(config.config, { User: "10001" });
    assertEquals(config.document["architecture"], "amd64");
    const files = [...tree.files()].map(([path, { size }]) => [path, size]);
    assertEquals(files.toSorted(), [
      ["/etc", 0],
      ["/etc/new", 3],
      ["/etc/old", 3],
    ]);
  });
}

function platforms(...names: string[]): Parts {
  const layout = new Layout();
  const manifests = names.map((name) => {
    const platform = parsePlatform(name);
    if (platform === undefined) throw new TypeError(name);
    const { architecture, variant } = platform;
    const image = {
      ...{ architecture, layers: [[{ name: `for-${architecture}` }]] },
      ...(variant === undefined ? {} : { variant }),
    };
    return layout.putImage(image, { platform });
  });
  const attestation = layout.put(
    "{}",
    "application/vnd.oci.image.manifest.v1+json",
    {
      platform: { os: "unknown", architecture: "unknown" },
      annotations: { "vnd.docker.reference.type": "attestation-manifest" },
    },
  );
  const inner = layout.putIndex([...manifests, attestation]);
  return layout.parts([layout.putIndex([inner])]);
}

async function filesOf(
  content: Uint8Array | Parts,
  options: ReadImageOptions = {},
): Promise<string[]> {
  const { tree } = await read(content, options);
  return [...tree.files()].map(([path]) => path);
}

Deno.test("readImage() takes this machine's platform of nested indexes", async () => {
  const parts = platforms("linux/arm64/v8", "linux/amd64");
  assertEquals(await filesOf(parts), ["/for-amd64"]);
});

Deno.test("readImage() takes the platform that is asked for", async () => {
  const parts = platforms("linux/arm64/v8", "linux/amd64", "linux/arm/v7");
  for (
    const [wanted, file] of [
      ["linux/arm64", "/for-arm64"],
      ["linux/arm64/v8", "/for-arm64"],
      ["linux/arm/v7", "/for-arm"],
    ]
  ) {
    const platform = parsePlatform(wanted ?? "");
    assertEquals(await filesOf(parts, { platform }), [file]);
  }
});

Deno.test("readImage() lists the platforms there are if none fits", async () => {
  const parts = platforms("linux/arm64/v8", "linux/s390x");
  const error = await assertRejects(() => read(parts), ArchiveError);
  assertStringIncludes(
    error.message,
    "no image for linux/amd64 in it, only for linux/arm64/v8, linux/s390x",
  );
  assertStringIncludes(error.remedy, "--platform");
});

Deno.test("readImage() takes the only image there is, whatever it is for", async () => {
  assertEquals(await filesOf(platforms("linux/s390x")), ["/for-s390x"]);
});

Deno.test("readImage() compares a platform that only the configuration names", async () => {
  const parts = dockerParts({ ...IMAGE, architecture: "arm64" });
  const platform = parsePlatform("linux/amd64");
  await assertRejects(
    () => read(archiveOf(parts), { platform }),
    ArchiveError,
    "no image for linux/amd64 in it, only for linux/arm64",
  );
});

function twoImages(): Parts {
  const layout = new Layout();
  const named = (name: string) =>
    layout.putImage({ layers: [[{ name }]] }, {
      annotations: { "org.opencontainers.image.ref.name": name },
    });
  return layout.parts([named("one"), named("two")]);
}

Deno.test("readImage() takes the image that is named", async () => {
  assertEquals(await filesOf(twoImages(), { ref: "two" }), ["/two"]);
});

Deno.test("readImage() does not guess which image is meant", async () => {
  const several = await assertRejects(() => read(twoImages()), ArchiveError);
  assertStringIncludes(several.message, '2 images in it: "one", "two"');
  assertStringIncludes(several.remedy, "--ref");
  await assertRejects(
    () => read(twoImages(), { ref: "three" }),
    ArchiveError,
    'no image called "three" in it, only "one", "two"',
  );
});

Deno.test("readImage() keeps texts, also behind links, and nothing else", async () => {
  const { tree } = await read(
    layoutParts({
      layers: [
        [
          { name: "etc/passwd", type: "2", target: "/usr/lib/passwd" },
          { name: "usr/lib/passwd", content: "root:x:0:0\n" },
          { name: "etc/group", content: "root:x:0:\n" },
          { name: "etc/shadow", content: "secret" },
        ],
        [{ name: "etc/gshadow", type: "1", target: "etc/group" }],
      ],
    }),
    {
      texts: {
        wants: (path) => path === "etc/group",
        paths: () => ["/etc/passwd", "/etc/group", "/etc/none"],
      },
    },
  );
  const text = (path: string) => {
    const { content } = tree.resolve(path).node;
    return content && new TextDecoder().decode(content);
  };
  assertEquals(text("/etc/passwd"), "root:x:0:0\n");
  assertEquals(text("/etc/gshadow"), "root:x:0:\n");
  assertEquals(text("/etc/shadow"), undefined);
});

Deno.test("readImage() stops when it is told to", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  await assertRejects(
    () => read(layoutParts(IMAGE), { signal }),
    Error,
    "enough",
  );
});
