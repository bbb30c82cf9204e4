import { assertEquals, assertThrows } from "@std/assert";
import { MemoryHost, type MemoryHostOptions } from "../host/memory_host.ts";
import { imageFiles, PLUGINS } from "./_testing.ts";
import type { PrintAction } from "./dispatch.ts";
import type { ImageIdentity } from "./identity.ts";
import { print } from "./print.ts";
import type { Refusal } from "./refusal.ts";

const IDENTITY: ImageIdentity = {
  image: "base",
  domain: "base",
  role: "role",
  entries: [],
};

function play(action: PrintAction, options: MemoryHostOptions = {}) {
  const host = new MemoryHost({ files: imageFiles(), ...options });
  const outcome = print(action, { host, identity: IDENTITY, environment: [] });
  assertEquals(host.stderrText, "");
  return { outcome, stdout: host.stdoutText };
}

function refused(code: Refusal["code"], message: string, remedy?: string) {
  const refusal = { kind: "refuse", code, message } as const;
  return remedy === undefined ? refusal : { ...refusal, remedy };
}

const PRINTED: readonly (readonly [PrintAction, string, string])[] = [
  [{ kind: "help" }, "Usage: runner COMMAND", "\n  hello\n"],
  [{ kind: "about", json: false }, "Image identity:\n", "role\n"],
  [{ kind: "about", json: true }, "{\n", '"entries": {}\n  }\n}\n'],
  [{ kind: "info", json: false }, "Image identity:\n", "Tools:\n  jq 1.6\n"],
  [{ kind: "info", json: true }, "{\n", '"notes": []\n}\n'],
  [{ kind: "version", json: false }, "runner ", "Tool versions:\n  jq 1.6\n"],
  [{ kind: "version", json: true }, "{\n", '"jq": "1.6"\n  }\n}\n'],
];

Deno.test("print() prints the whole text", () => {
  for (const [action, start, end] of PRINTED) {
    const { outcome, stdout } = play(action);
    assertEquals(outcome, { kind: "done" });
    assertEquals(stdout.slice(0, start.length), start);
    assertEquals(stdout.slice(-end.length), end);
  }
});

Deno.test("print() refuses with 74 what cannot be written", () => {
  for (const [action] of PRINTED) {
    const host: MemoryHostOptions = {
      files: imageFiles(),
      failWrites: { 1: "ENOSPC" },
    };
    assertEquals(play(action, host), {
      outcome: refused(
        74,
        "Cannot write to standard output: no space left on device",
      ),
      stdout: "",
    });
  }
});

const REBUILD =
  "The image is broken: build it again from a valid image.manifest";

Deno.test("print() refuses with 78 a broken contract file and prints nothing", () => {
  const table: [PrintAction, string, string][] = [
    [{ kind: "help" }, PLUGINS, `${PLUGINS}: no such file or directory`],
    [
      { kind: "info", json: false },
      PLUGINS,
      `${PLUGINS}: no such file or directory`,
    ],
    [
      { kind: "version", json: true },
      "/etc/runner/tools.env",
      "/etc/runner/tools.env is a directory, wanted a regular file",
    ],
    [
      { kind: "info", json: true },
      "/etc/runner/runtime.env",
      "/etc/runner/runtime.env is a directory, wanted a regular file",
    ],
  ];
  for (const [action, path, problem] of table) {
    const files = path === PLUGINS
      ? imageFiles({ [PLUGINS]: undefined, [`${PLUGINS}/hello`]: undefined })
      : imageFiles({ [path]: { kind: "directory" } });
    assertEquals(play(action, { files }), {
      outcome: refused(78, `Cannot read contract file: ${problem}`, REBUILD),
      stdout: "",
    });
  }
});

Deno.test("print() does not take a defect for a refusal", () => {
  const defect = () => {
    throw new TypeError("defect");
  };
  const host = Object.assign(new MemoryHost(), { write: defect });
  const scene = { host, identity: IDENTITY, environment: [] };
  const action = { kind: "about", json: true } as const;
  assertThrows(() => print(action, scene), TypeError, "defect");
});
