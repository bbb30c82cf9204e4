/**
 * Files that are replaced by links at the worst moment: between the check of a
 * path and the opening of it.
 */

import { assertEquals } from "@std/assert";
import { dirname } from "@std/path";
import { denoHost } from "../host/deno_host.ts";
import type { Host } from "../host/host.ts";
import { MemoryHost, type MemoryHostOptions } from "../host/memory_host.ts";
import { runSuite } from "./run_suite.ts";

type Files = NonNullable<MemoryHostOptions["files"]>;

const LIBRARY = (value: number) =>
  `{"id":"lib","type":"spec_lang.library","functions":{"one":${value}}}`;

/** Both are inside; what the links in `/repo/bait` lead to is outside. */
const FILES: Files = {
  "/repo/.git/HEAD": "",
  "/repo/data/subject": "inside",
  "/repo/data/lib.json": LIBRARY(1),
  "/outside/subject": "outside",
  "/outside/lib.json": LIBRARY(2),
  "/repo/bait/data": { kind: "symlink", target: "../outside" },
  "/repo/bait/subject": { kind: "symlink", target: "../../outside/subject" },
  "/repo/bait/lib.json": { kind: "symlink", target: "../../outside/lib.json" },
  "/repo/specs/a.spec.md": `\`\`\`yaml spec-test
id: A
type: text.file
path: ../data/subject
harness: {spec_lang: {library_paths: [../data/lib.json]}}
assert:
  target: text
  must:
  - contain: [inside]
  - evaluate: [[eq, [var, one], 1]]
\`\`\`
`,
};

interface Scene {
  readonly host: Host;
  readonly root: string;
  remove(): void;
}

function inMemory(): Scene {
  return { host: new MemoryHost({ files: FILES }), root: "", remove() {} };
}

function onDisk(): Scene {
  const root = Deno.realPathSync(Deno.makeTempDirSync());
  for (const [path, file] of Object.entries(FILES)) {
    Deno.mkdirSync(dirname(root + path), { recursive: true });
    if (typeof file === "string") Deno.writeTextFileSync(root + path, file);
    else if ("target" in file) Deno.symlinkSync(file.target, root + path);
  }
  const remove = () => Deno.removeSync(root, { recursive: true });
  return { host: denoHost(), root, remove };
}

/** A host on which something happens right before a file is opened. */
function meddled(
  { host, root }: Scene,
  name: string,
  before: (host: Host, root: string) => void,
  after: (host: Host, root: string) => void = () => {},
): Host {
  const openFile: Host["openFile"] = (path) => {
    if (path !== `${root}/repo/data/${name}`) return host.openFile(path);
    before(host, root);
    try {
      return host.openFile(path);
    } finally {
      after(host, root);
    }
  };
  return new Proxy(host, {
    get(target, key) {
      if (key === "openFile") return openFile;
      const value = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** Puts what is in `bait` at a place, and the other way round. */
function exchange(name: string, place: string) {
  return (host: Host, root: string) => {
    const [bait, spare] = [`${root}/repo/bait/${name}`, `${root}/repo/spare`];
    host.rename(`${root}/repo/${place}`, spare);
    host.rename(bait, `${root}/repo/${place}`);
    host.rename(spare, bait);
  };
}

async function endOf({ root }: Scene, host: Host): Promise<string> {
  let end = "";
  await runSuite({
    paths: [`${root}/repo/specs`],
    reporters: [{
      case({ status, category, message }) {
        end = [status, category, message].join(" ").replaceAll(root, "");
      },
      end() {},
    }],
  }, host);
  return end;
}

const REFUSED: Readonly<Record<string, string>> = {
  "subject":
    'fail schema /repo/specs/a.spec.md:4:1: text.file path escapes contract root: "../data/subject"; move the file inside or choose the root with --contract-root',
  "lib.json":
    'fail schema /repo/specs/a.spec.md:5:39: cannot load library "../data/lib.json": it was replaced by something elsewhere while it was opened (/repo/specs/a.spec.md -> /repo/data/lib.json)',
};

const nothing = () => {};

for (
  const [where, makeScene] of [
    ["in memory", inMemory],
    ["on disk", onDisk],
  ] as const
) {
  for (const [name, refused] of Object.entries(REFUSED)) {
    const ways = {
      "a file": exchange(name, `data/${name}`),
      "a directory on the way": exchange("data", "data"),
    };
    for (const [what, swap] of Object.entries(ways)) {
      Deno.test(`what was checked is read, ${where}: ${what} of ${name} is replaced by a link [not SF-ROOT-4]`, async () => {
        for (const after of [nothing, swap]) {
          const scene = makeScene();
          try {
            const host = meddled(scene, name, swap, after);
            assertEquals(await endOf(scene, host), refused);
          } finally {
            scene.remove();
          }
        }
      });
    }
    Deno.test(`what was checked is read, ${where}: ${name} is replaced by another file inside [SF-ROOT-4]`, async () => {
      const scene = makeScene();
      const path = `${scene.root}/repo/data/${name}`;
      try {
        assertEquals(
          await endOf(scene, meddled(scene, name, nothing)),
          "pass  ",
        );
        const host = meddled(scene, name, (host) => {
          host.writeFile(`${path}.new`, host.readFile(path));
          host.rename(`${path}.new`, path);
        });
        assertEquals(await endOf(scene, host), "pass  ");
      } finally {
        scene.remove();
      }
    });
  }
}

Deno.test("a pipe that takes the place of a file is not waited for", async () => {
  const scene = onDisk();
  const { host, root } = scene;
  const document = `${root}/repo/specs/a.spec.md`;
  const pipe = `${root}/pipe`;
  const { code } = await new Deno.Command("mkfifo", { args: [pipe] }).output();
  assertEquals(code, 0);
  try {
    const openFile = (path: string) => {
      if (path === document) host.rename(pipe, path);
      return host.openFile(path);
    };
    assertEquals(
      await endOf(scene, { ...host, openFile }),
      "fail schema /repo/specs/a.spec.md:1:1: cannot read the document: it is a device or a pipe, not a file",
    );
  } finally {
    scene.remove();
  }
});
