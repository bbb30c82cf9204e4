import { assert, assertEquals, assertThrows } from "@std/assert";
import { MemoryHost, type MemoryHostOptions } from "../host/memory_host.ts";
import { MAX_ENV_FILE_BYTES } from "./env_file.ts";
import {
  loadEnvFile,
  loadIdentity,
  REQUIRED_IDENTITY_KEYS,
} from "./identity.ts";

const PATH = "/etc/runner/image.env";
const LINES = ["RUNNER_IMAGE=i", "RUNNER_DOMAIN=d", "RUNNER_ROLE=r"];
const VALID = `${LINES.join("\n")}\n`;

type Files = NonNullable<MemoryHostOptions["files"]>;

function problems(files: Files, options: MemoryHostOptions = {}) {
  const result = loadIdentity(new MemoryHost({ ...options, files }));
  return result.ok ? [] : result.problems;
}

Deno.test("loadIdentity() reads the three keys, and keeps every other one", () => {
  const host = new MemoryHost({
    files: { [PATH]: `${VALID}# c\nX_1='y z'\n` },
  });
  assertEquals(loadIdentity(host), {
    ok: true,
    value: {
      image: "i",
      domain: "d",
      role: "r",
      entries: [
        { key: "RUNNER_IMAGE", value: "i", line: 1 },
        { key: "RUNNER_DOMAIN", value: "d", line: 2 },
        { key: "RUNNER_ROLE", value: "r", line: 3 },
        { key: "X_1", value: "y z", line: 5 },
      ],
    },
  });
});

Deno.test("loadIdentity() refuses each key absent, empty, blank and set twice", () => {
  for (const [index, key] of REQUIRED_IDENTITY_KEYS.entries()) {
    const line = index + 1;
    const changed = (replacement: string[]) => ({
      [PATH]: LINES.toSpliced(index, 1, ...replacement).join("\n"),
    });
    const kept = LINES[index] ?? "";
    const table = [
      [changed([]), `${key} is missing in ${PATH}`],
      [changed([`#${kept}`]), `${key} is missing in ${PATH}`],
      [changed([`X_${kept}`]), `${key} is missing in ${PATH}`],
      [changed([`${key}=`]), `${PATH}:${line}: ${key} is empty`],
      [changed([`${key}=""`]), `${PATH}:${line}: ${key} is empty`],
      [changed([`${key}=' \u00a0'`]), `${PATH}:${line}: ${key} is empty`],
      [
        changed([kept, `${key}=2`]),
        `${PATH}:${line + 1}:1: ${key} is set again, first on line ${line}`,
      ],
    ] as const;
    for (const [files, problem] of table) {
      assertEquals(problems(files), [problem]);
    }
  }
});

Deno.test("loadIdentity() tells all problems of the keys at once", () => {
  assertEquals(problems({ [PATH]: "RUNNER_DOMAIN=\nX=1\n" }), [
    `RUNNER_IMAGE is missing in ${PATH}`,
    `${PATH}:1: RUNNER_DOMAIN is empty`,
    `RUNNER_ROLE is missing in ${PATH}`,
  ]);
  assertEquals(problems({ [PATH]: "A=$x\nB= \n" }), [
    `${PATH}:1:3: A is not literal: it holds "$"`,
    `${PATH}:2:3: B has space after "="`,
  ]);
});

const KINDS: readonly (readonly [string, Files, string])[] = [
  ["missing", {}, `${PATH}: no such file or directory`],
  ["empty", { [PATH]: "" }, `${PATH} is empty`],
  [
    "directory",
    { [PATH]: { kind: "directory" } },
    `${PATH} is a directory, wanted a regular file`,
  ],
  [
    "FIFO",
    { [PATH]: { kind: "other" } },
    `${PATH} is a device or pipe, wanted a regular file`,
  ],
  [
    "link to a device",
    {
      [PATH]: { kind: "symlink", target: "/dev/zero" },
      "/dev/zero": { kind: "other" },
    },
    `${PATH} is a device or pipe, wanted a regular file`,
  ],
  [
    "dangling link",
    { [PATH]: { kind: "symlink", target: "nowhere" } },
    `${PATH}: no such file or directory`,
  ],
  [
    "link loop",
    { [PATH]: { kind: "symlink", target: "image.env" } },
    `${PATH}: too many levels of symbolic links`,
  ],
  [
    "unreadable",
    { [PATH]: { kind: "file", mode: 0, content: VALID } },
    `${PATH}: permission denied`,
  ],
  [
    "in a locked directory",
    { [PATH]: VALID, "/etc/runner": { kind: "directory", mode: 0 } },
    `${PATH}: permission denied`,
  ],
  [
    "below a file",
    { "/etc/runner": "" },
    `${PATH}: not a directory`,
  ],
  [
    "too large",
    { [PATH]: VALID + "\n".repeat(MAX_ENV_FILE_BYTES) },
    `${PATH} has ${65_536 + VALID.length} bytes, at most 65536 are allowed`,
  ],
];

Deno.test("loadIdentity() refuses what is no readable regular file", () => {
  for (const [name, files, problem] of KINDS) {
    assertEquals(problems(files), [problem], name);
  }
});

Deno.test("loadIdentity() opens nothing but a small regular file", () => {
  for (
    const info of [
      { kind: "other", size: 0, mode: 0o666 },
      { kind: "directory", size: 0, mode: 0o755 },
      { kind: "file", size: MAX_ENV_FILE_BYTES + 1, mode: 0o444 },
    ] as const
  ) {
    const readFile = () => {
      throw new TypeError(`opened a ${info.kind} of ${info.size} bytes`);
    };
    assertEquals(loadIdentity({ stat: () => info, readFile }).ok, false);
  }
});

Deno.test("loadIdentity() checks the size again on what was read", () => {
  const result = loadIdentity({
    stat: () => ({ kind: "file", size: 1, mode: 0o444 }),
    readFile: () => new Uint8Array(MAX_ENV_FILE_BYTES + 1).fill(0x0a),
  });
  assert(!result.ok);
  assertEquals(result.problems, [
    `${PATH}:1:1: has 65537 bytes, at most 65536 are allowed`,
  ]);
});

Deno.test("loadIdentity() follows links to a regular file", () => {
  assertEquals(
    problems({
      [PATH]: { kind: "symlink", target: "../image.env" },
      "/etc/image.env": VALID,
    }),
    [],
  );
});

Deno.test("loadIdentity() takes values from the file, never from the environment", () => {
  const env = { RUNNER_IMAGE: "evil", RUNNER_ROLE: "evil" };
  const host = new MemoryHost({ env, files: { [PATH]: VALID } });
  const result = loadIdentity(host);
  assert(result.ok);
  assertEquals(result.value.image, "i");
  assertEquals(
    problems({ [PATH]: "RUNNER_IMAGE=i\nRUNNER_DOMAIN=d\n" }, { env }),
    [`RUNNER_ROLE is missing in ${PATH}`],
  );
});

Deno.test("loadIdentity() reads another tree's file and names it", () => {
  const host = new MemoryHost();
  assertEquals(loadIdentity(host, "/tree/image.env"), {
    ok: false,
    problems: ["/tree/image.env: no such file or directory"],
  });
});

Deno.test("loadIdentity() does not take a defect for a broken image", () => {
  const stat = () => {
    throw new TypeError("defect");
  };
  const readFile = () => new Uint8Array();
  assertThrows(() => loadIdentity({ stat, readFile }), TypeError, "defect");
});

Deno.test("loadEnvFile() takes an empty file for one without keys", () => {
  const host = new MemoryHost({ files: { "/tools.env": "" } });
  assertEquals(loadEnvFile(host, "/tools.env"), { ok: true, value: [] });
});
