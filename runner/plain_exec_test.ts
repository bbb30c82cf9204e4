import { assert, assertEquals } from "@std/assert";
import { MemoryHost, type MemoryHostOptions } from "../host/memory_host.ts";
import type { FileKind } from "../host/host.ts";
import { Dice } from "../tests/fuzz/_dice.ts";
import { fakeProcess, imageFiles, PLUGINS, RESTORE, text } from "./_testing.ts";
import { main } from "./main.ts";
import { execPlainly } from "./plain_exec.ts";
import type { ProcessImage } from "./process.ts";
import type { Restore } from "./start_state.ts";

const IDENTITY = "/etc/runner/image.env";
const IDS = { uid: 10001, euid: 10001, gid: 10001, egid: 10001 };
const EXEC = ["exec", "jq", "."];
const PATH = ["PATH=/bin:/usr/bin"];

type Files = Parameters<typeof imageFiles>[0];

interface Scene {
  readonly words?: readonly string[];
  readonly files?: Files;
  readonly ids?: Partial<typeof IDS>;
  readonly restore?: Restore;
  readonly broken?: string;
}

function stage({ words = EXEC, files = {}, ids = {}, broken }: Scene) {
  const options: MemoryHostOptions = {
    files: imageFiles(files),
    ids: { ...IDS, ...ids },
  };
  const told = broken === undefined ? {} : { broken };
  return {
    host: new MemoryHost(options),
    process: fakeProcess(words, { environment: PATH, ...told }),
  };
}

/** What the plain way becomes: at most one image. */
function plainly(scene: Scene): readonly ProcessImage[] {
  const { host, process } = stage(scene);
  const { restore } = scene;
  execPlainly({
    userIds: () => host.userIds(),
    stat: (path) => host.stat(path),
    readTextFile: (path) => new TextDecoder().decode(host.readFile(path)),
  }, {
    read: () => ({ ...process.start(), ...(restore && { restore }) }),
    replace: process.replace,
  });
  return process.images;
}

/** What the whole program becomes. */
async function wholly(scene: Scene): Promise<readonly ProcessImage[]> {
  const { host, process } = stage(scene);
  await main(host, process);
  return process.images;
}

Deno.test("execPlainly() becomes the command, as main() does", async () => {
  for (
    const words of [EXEC, ["exec", "/bin/jq"], ["exec", "", "x"], [
      "exec",
      "exec",
    ]]
  ) {
    const images = plainly({ words });
    const [image] = images;
    assertEquals(images.length, 1);
    assertEquals(images, await wholly({ words }));
    assertEquals(image?.argv.map(text), words.slice(1));
    assertEquals(image?.restore, RESTORE);
  }
  const [searched] = plainly({});
  assertEquals(searched?.candidates.map(text), ["/bin/jq", "/usr/bin/jq"]);
  assertEquals([
    searched?.searched,
    plainly({ words: ["exec", "/jq"] })[0]?.searched,
  ], [true, false]);
});

/** Where the plain way must come back, with nothing done. */
const LEFT_TO_MAIN: Readonly<Record<string, Scene>> = {
  "root": { ids: { uid: 0 } },
  "effective root": { ids: { euid: 0 } },
  "no words": { words: [] },
  "exec without a command": { words: ["exec"] },
  "another command": { words: ["help", "jq"] },
  "a longer word": { words: ["execute", "jq"] },
  "a shorter word": { words: ["exe", "jq"] },
  "a plugin of the command's name": { words: ["jq", "exec"] },
  "no identity": { files: { [IDENTITY]: undefined } },
  "an empty identity": { files: { [IDENTITY]: "" } },
  "an identity that is a directory": {
    files: { [IDENTITY]: { kind: "directory", mode: 0o755 } },
  },
  "an identity that is a pipe": {
    files: { [IDENTITY]: { kind: "other", mode: 0o644 } },
  },
  "an identity without a role": {
    files: { [IDENTITY]: "RUNNER_IMAGE=a\nRUNNER_DOMAIN=b\n" },
  },
  "an identity without a domain": {
    files: { [IDENTITY]: "RUNNER_IMAGE=a\nRUNNER_ROLE=b\n" },
  },
  "an identity without an image": {
    files: { [IDENTITY]: "RUNNER_DOMAIN=a\nRUNNER_ROLE=b\n" },
  },
  "an identity whose role is blank": {
    files: { [IDENTITY]: "RUNNER_IMAGE=a\nRUNNER_DOMAIN=b\nRUNNER_ROLE=' '\n" },
  },
  "an identity that is not plain": {
    files: { [IDENTITY]: 'RUNNER_IMAGE="a"\nRUNNER_DOMAIN=b\nRUNNER_ROLE=c\n' },
  },
  "an identity that is long": {
    files: {
      [IDENTITY]: `RUNNER_IMAGE=a\nRUNNER_DOMAIN=b\nRUNNER_ROLE=c\nA=${
        "x".repeat(4096)
      }\n`,
    },
  },
  "no plugin directory": {
    files: { [PLUGINS]: undefined, [`${PLUGINS}/hello`]: undefined },
  },
  "a plugin directory that is a file": { files: { [PLUGINS]: "" } },
  "no /proc": { broken: "ENOENT" },
  "a directory to go back to": { restore: { ...RESTORE, workDirectory: 7 } },
};

for (const [what, scene] of Object.entries(LEFT_TO_MAIN)) {
  Deno.test(`execPlainly() leaves to main(): ${what}`, () => {
    assertEquals(plainly(scene), []);
  });
}

Deno.test("execPlainly() becomes nothing that main() would not become", async () => {
  const dice = new Dice(7);
  const rows = [
    ...["RUNNER_IMAGE=a\n", "RUNNER_DOMAIN=b\n", "RUNNER_ROLE='c-d'\n"],
    ...["RUNNER_ROLE=\n", "A=$B\n", "# c\n", "A=1\n", "\n", "x"],
  ];
  let became = 0;
  for (let run = 0; run < 1500; run++) {
    const odd = <T>(usual: T, others: readonly T[]) =>
      dice.below(12) === 0 ? dice.pick(others) : usual;
    const scene: Scene = {
      words: odd<readonly string[]>(EXEC, [[], ["exec"], ["help"], ["hello"], [
        "exec",
        "",
      ]]),
      ids: odd<Partial<typeof IDS>>({}, [{ uid: 0 }, { euid: 0 }]),
      files: {
        [IDENTITY]: rows.slice(0, 3).map((row) => odd(row, rows)).join("") +
          odd("", rows),
        ...odd<Files>({}, [{ [PLUGINS]: undefined }, { [PLUGINS]: "" }]),
      },
    };
    const images = plainly(scene);
    if (images.length === 0) continue;
    became++;
    assertEquals(images, await wholly(scene));
  }
  assert(became > 300, `only ${became} scenes were plain`);
});

Deno.test("execPlainly() opens no file that may wait or never end", () => {
  const read: string[] = [];
  const look = (kind: FileKind, size: number) =>
    execPlainly({
      userIds: () => IDS,
      stat: () => ({ kind, size }),
      readTextFile: (path) => {
        read.push(`${kind} of ${size}: ${path}`);
        return "";
      },
    }, fakeProcessToRead());
  for (const size of [0, 1, 4096, 4097]) {
    look("file", size);
    look("other", size);
    look("directory", size);
  }
  assertEquals(read, [`file of 1: ${IDENTITY}`, `file of 4096: ${IDENTITY}`]);
});

function fakeProcessToRead() {
  const { start, replace } = fakeProcess(EXEC);
  return { read: start, replace };
}
