import { assertEquals, assertThrows } from "@std/assert";
import { type DirectoryEntry, type FileKind, HostError } from "../host/host.ts";
import { type CaseFormat, discover, type DiscoverOptions } from "./discover.ts";
import { UsageError } from "./usage_error.ts";

type Tree = { readonly [name: string]: Tree | FileKind | `-> ${string}` };

const TREE: Tree = {
  specs: {
    "a.spec.md": "file",
    "a10.spec.md": "file",
    "a9.spec.md": "file",
    "b.spec.yaml": "file",
    "b.spec.yml": "file",
    "c.spec.json": "file",
    "dir.spec.md": { "inner.spec.md": "file" },
    "notes.md": "file",
    ".git": { "x.spec.md": "file" },
    "node_modules": { "y.spec.md": "file" },
    sub: { deep: { "z.spec.md": "file" } },
  },
  empty: {},
  links: {
    "to_dir.spec.md": "-> /specs",
    "to_file.spec.md": "-> /specs/a.spec.md",
    "to_nothing.spec.md": "-> /gone",
  },
  "only_md": { "README.md": "file" },
  "only_yaml": { "a.spec.yaml": "file" },
  "only_deep": { sub: { "a.spec.md": "file" } },
  near: {
    "spec.ts": "file",
    "spec.md.bak": "file",
    "notes.md": "file",
    "plan.spec.md": "-> /specs/a.spec.md",
    "linked": "-> /specs",
  },
  pipe: "other",
  "broken": "-> /gone",
  "locked": "-> /locked",
};

function look(path: string): Tree | string | undefined {
  let found: Tree | string | undefined = TREE;
  for (const name of path.split("/")) {
    if (name === "" || name === ".") continue;
    found = typeof found === "object" ? found[name] : undefined;
  }
  return found;
}

function stat(path: string): { kind: FileKind; size: number; mode: number } {
  const found = look(path);
  if (typeof found === "string" && found.startsWith("-> ")) {
    if (found === "-> /locked") throw new HostError("EACCES", path);
    return stat(found.slice(3));
  }
  return kindOf(path, found);
}

function kindOf(path: string, found: Tree | string | undefined) {
  if (found === undefined) throw new HostError("ENOENT", path);
  const kind: FileKind = typeof found === "object"
    ? "directory"
    : found.startsWith("-> ")
    ? "symlink"
    : found === "other"
    ? "other"
    : "file";
  return { kind, size: 0, mode: 0o644 };
}

const HOST = {
  stat,
  lstat: (path: string) => kindOf(path, look(path)),
  readDirectory(path: string): DirectoryEntry[] {
    const found = look(path);
    if (typeof found !== "object") throw new HostError("ENOENT", path);
    return Object.keys(found).sort().map((name) => ({
      name,
      kind: kindOf(name, found[name]).kind,
    }));
  },
};

function paths(given: string[], options?: DiscoverOptions): string[] {
  return discover(given, HOST, options).map(({ path }) => path);
}

Deno.test("discover() takes matching files of a directory, in its order", () => {
  assertEquals(discover(["specs"], HOST), [
    { path: "specs/a.spec.md", format: "md" },
    { path: "specs/a10.spec.md", format: "md" },
    { path: "specs/a9.spec.md", format: "md" },
  ]);
});

Deno.test("discover() takes files as they are, by their extension", () => {
  const files = [
    "specs/notes.md",
    "specs/b.spec.yaml",
    "specs/b.spec.yml",
    "specs/c.spec.json",
  ];
  assertEquals(discover(files, HOST), [
    { path: "specs/notes.md", format: "md" },
    { path: "specs/b.spec.yaml", format: "yaml" },
    { path: "specs/b.spec.yml", format: "yaml" },
    { path: "specs/c.spec.json", format: "json" },
  ]);
});

Deno.test("discover() looks for the formats it was asked for", () => {
  assertEquals(paths(["specs"], { formats: ["yaml", "json"] }), [
    "specs/b.spec.yaml",
    "specs/b.spec.yml",
    "specs/c.spec.json",
  ]);
  assertEquals(
    discover(["specs"], HOST, { formats: ["md", "json"], pattern: "notes*" }),
    [
      { path: "specs/c.spec.json", format: "json" },
      { path: "specs/notes.md", format: "md" },
    ],
  );
  assertEquals(discover(["specs"], HOST, { pattern: "*.yml" }), [
    { path: "specs/b.spec.yml", format: "yaml" },
  ]);
});

Deno.test("discover() goes into directories only when asked to", () => {
  assertEquals(paths(["specs/"], { recursive: true }), [
    "specs/a.spec.md",
    "specs/a10.spec.md",
    "specs/a9.spec.md",
    "specs/dir.spec.md/inner.spec.md",
    "specs/sub/deep/z.spec.md",
  ]);
});

Deno.test("discover() follows links to files, not to directories", () => {
  assertEquals(paths(["links"], { recursive: true }), [
    "links/to_file.spec.md",
    "links/to_nothing.spec.md",
  ]);
});

Deno.test("discover() keeps the order of the arguments, each file once", () => {
  assertEquals(
    paths([
      "specs/a9.spec.md",
      "./specs//",
      "specs/a.spec.md",
      "links/to_file.spec.md",
    ]),
    [
      "specs/a9.spec.md",
      "./specs//a.spec.md",
      "./specs//a10.spec.md",
      "links/to_file.spec.md",
    ],
  );
});

type Refusal = readonly [string[], DiscoverOptions, string, string | undefined];

const REFUSALS: readonly Refusal[] = [
  [
    [],
    {},
    "Cannot look for cases: no path was given",
    "Name a directory or a file, such as specs/",
  ],
  [
    [""],
    {},
    "Cannot look for cases: a path is empty",
    'Write "." for the working directory',
  ],
  [
    ["spec"],
    {},
    'Cannot find "spec": no such file or directory',
    'Did you mean "specs"?',
  ],
  [
    ["specs", "specs/a.spce.md"],
    {},
    'Cannot find "specs/a.spce.md": no such file or directory',
    'Did you mean "specs/a.spec.md"?',
  ],
  [
    ["near/spec.md"],
    {},
    'Cannot find "near/spec.md": no such file or directory',
    undefined,
  ],
  [
    ["near/note.md"],
    {},
    'Cannot find "near/note.md": no such file or directory',
    'Did you mean "near/notes.md"?',
  ],
  [
    ["near/paln.spec.md"],
    {},
    'Cannot find "near/paln.spec.md": no such file or directory',
    'Did you mean "near/plan.spec.md"?',
  ],
  [
    ["near/linkd"],
    {},
    'Cannot find "near/linkd": no such file or directory',
    'Did you mean "near/linked"?',
  ],
  [
    ["near/spec.md.bka"],
    { pattern: "spec.md.*" },
    'Cannot find "near/spec.md.bka": no such file or directory',
    'Did you mean "near/spec.md.bak"?',
  ],
  [
    ["nowhere/at/all/"],
    {},
    'Cannot find "nowhere/at/all/": no such file or directory',
    undefined,
  ],
  [
    ["broken"],
    {},
    'Cannot read "broken": it is a broken symbolic link',
    undefined,
  ],
  [["locked"], {}, 'Cannot read "locked": permission denied', undefined],
  [
    ["pipe"],
    {},
    'Cannot read "pipe": it is neither a file nor a directory',
    undefined,
  ],
  [
    ["specs"],
    { pattern: "" },
    "Cannot look for cases: the case file pattern is empty",
    'Leave it out for "*.spec.md"',
  ],
  [
    ["specs"],
    { pattern: "sub/*.md" },
    'Cannot use "sub/*.md" as case file pattern: it contains "/"',
    "The pattern is for file names; give the directory as a path",
  ],
  [
    ["specs"],
    { pattern: "[a" },
    'Cannot use "[a" as case file pattern: it has "[" without "]"',
    undefined,
  ],
  [
    ["specs"],
    { formats: [] },
    "Cannot look for cases: a case format is empty",
    "Give one or more of md, yaml, json",
  ],
  [
    ["specs"],
    { formats: ["md", "" as CaseFormat] },
    "Cannot look for cases: a case format is empty",
    "Give one or more of md, yaml, json",
  ],
  [
    ["specs"],
    { formats: ["YML" as CaseFormat] },
    'Cannot look for cases: "YML" is no case format',
    'Did you mean "yaml"?',
  ],
  [
    ["specs"],
    { formats: ["toml" as CaseFormat] },
    'Cannot look for cases: "toml" is no case format',
    'Did you mean "yaml"?',
  ],
  [
    ["specs"],
    { formats: ["constructor" as CaseFormat] },
    'Cannot look for cases: "constructor" is no case format',
    "Give one or more of md, yaml, json",
  ],
  [
    ["empty"],
    {},
    'Cannot find any case: no file in "empty" matches "*.spec.md"',
    undefined,
  ],
  [
    ["empty", "only_yaml"],
    {},
    'Cannot find any case: no file in "empty", "only_yaml" matches "*.spec.md"',
    '--case-formats md,yaml,json would find "only_yaml/a.spec.yaml"',
  ],
  [
    ["only_deep"],
    { formats: ["md", "yaml"] },
    'Cannot find any case: no file in "only_deep" matches "*.spec.md" or "*.spec.yaml" or "*.spec.yml"',
    '--recursive would find "only_deep/sub/a.spec.md"',
  ],
  [
    ["only_md"],
    {},
    'Cannot find any case: no file in "only_md" matches "*.spec.md"',
    '--case-file-pattern "*.md" would find "only_md/README.md"',
  ],
];

Deno.test("discover() says what is wrong with the call, and what to do", () => {
  for (const [given, options, message, remedy] of REFUSALS) {
    const error = assertThrows(() => paths(given, options), UsageError);
    assertEquals(error.message, message);
    assertEquals(error.remedy, remedy);
  }
});

function remedy(path: string, from: string | undefined): string | undefined {
  const host = { ...HOST, cwd: () => "/only_deep", env: () => from };
  const error = assertThrows(() => discover([path], host), UsageError);
  assertEquals(error.message.startsWith(`Cannot find "${path}": `), true);
  return error.remedy;
}

Deno.test("discover() tells a path that was typed in another directory", () => {
  const begin = 'Paths begin at "/only_deep", where the command runs: write';
  const typed = "a9.spec.md";
  assertEquals(remedy(typed, "/specs"), `${begin} "/specs/${typed}"`);
  const below = "./a.spec.md";
  const from = "/only_deep/sub";
  assertEquals(remedy(below, from), `${begin} "sub/a.spec.md"`);
  for (const other of [undefined, "", "specs", "/only_deep", "/gone"]) {
    assertEquals(remedy(typed, other), undefined, other);
  }
  assertEquals(remedy("/a9.spec.md", "/specs"), undefined);
});

Deno.test("discover() does not hide other errors of the host", () => {
  const broken = () => {
    throw new TypeError("bug");
  };
  assertThrows(
    () => discover(["specs"], { ...HOST, stat: broken }),
    TypeError,
    "bug",
  );
  assertThrows(
    () => discover(["specs"], { ...HOST, readDirectory: broken }),
    TypeError,
    "bug",
  );
});

Deno.test("discover() takes FILE:LINE for the cases at that line", () => {
  const told = (...words: string[]) =>
    discover(words, HOST).map(({ path, lines }) => `${path} ${lines ?? "all"}`);
  const path = "specs/a.spec.md";
  assertEquals(told(`${path}:42`), [`${path} 42`]);
  assertEquals(told(`${path}:42:7`), [`${path} 42`]);
  assertEquals(told(`${path}:42`, `./${path}:7:1`), [`${path} 42,7`]);
  assertEquals(told(`${path}:42`, path), [`${path} all`]);
  assertEquals(told(path, `${path}:42`, `${path}:43`), [`${path} all`]);
  assertEquals(told(`${path}:42`, "specs")[0], `${path} all`);
  assertEquals(told("specs", `${path}:42`)[0], `${path} all`);
  assertEquals(told("near/notes.md:3", path), [
    "near/notes.md 3",
    `${path} all`,
  ]);
});

Deno.test("discover() refuses a line of what has none", () => {
  const wrong: Readonly<Record<string, string>> = {
    "specs:42": 'Cannot look for a case at "specs:42": "specs" is a directory',
    "specs/a.spec.md:0": "lines count from 1",
    "specs/b.spec.md:42": 'Cannot find "specs/b.spec.md"',
    "specs/a.spec.md:": 'Cannot find "specs/a.spec.md:"',
    "specs/a.spec.md:x": 'Cannot find "specs/a.spec.md:x"',
  };
  for (const [word, message] of Object.entries(wrong)) {
    assertThrows(() => discover([word], HOST), UsageError, message);
  }
});
