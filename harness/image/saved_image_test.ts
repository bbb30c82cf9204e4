// Saved images that keep the contract, and ones that break one clause of it:
// that clause is told, and nothing else.

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { MemoryHost } from "../../host/memory_host.ts";
import type { CaseResult } from "../case.ts";
import { archiveOf, dockerParts } from "./archive/_image_testing.ts";
import type { TestEntry } from "./archive/_tar_testing.ts";
import { verifyExitCode } from "./verify.ts";
import { platformDocuments } from "./platform_cases.ts";
import { verifyOnStage } from "./_verify_on_stage.ts";
import { lookAtArchive, verifyArchive } from "./saved_image.ts";

const IDENTITY = "RUNNER_IMAGE=json\nRUNNER_DOMAIN=json\nRUNNER_ROLE=tool\n";
const PASSWD = "root:x:0:0::/root:/bin/sh\nrunner:x:10001:10001::/home:\n";
const GROUP = "root:x:0:\nrunner:x:10001:\n";
const PLUGINS = "usr/local/lib/runner.d";

const CONFIG = {
  Entrypoint: ["/usr/local/bin/runner"],
  Cmd: null,
  User: "runner",
};

/** The files of an image that keeps the contract, by name. */
const FILES: Readonly<Record<string, TestEntry | undefined>> = Object
  .fromEntries([
    { name: "etc/" },
    { name: "etc/passwd", content: PASSWD },
    { name: "etc/group", content: GROUP },
    { name: "etc/runner/" },
    { name: "etc/runner/image.env", content: IDENTITY, mode: 0o444 },
    { name: "usr/local/bin/runner", content: "#!", mode: 0o755 },
    { name: `${PLUGINS}/` },
    { name: `${PLUGINS}/keys`, content: "#!/bin/sh\n", mode: 0o555 },
    { name: "bin/su", mode: 0o4755 },
  ].map((entry) => [entry.name, entry]));

/** What is different in an image that does not. */
interface Change {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, Partial<TestEntry> | undefined>>;
}

function hostOf({ config, files = {} }: Change): MemoryHost {
  const names = new Set([...Object.keys(FILES), ...Object.keys(files)]);
  const entries = [...names].flatMap((name): TestEntry[] => {
    if (!Object.hasOwn(files, name)) return [{ name, ...FILES[name] }];
    const change = files[name];
    return change === undefined ? [] : [{ name, ...FILES[name], ...change }];
  });
  const image = { config: { ...CONFIG, ...config }, layers: [entries] };
  const bytes = archiveOf(dockerParts(image));
  return new MemoryHost({ files: { "/image.tar": bytes } });
}

/** The documents with cases about images that are not started. */
const STATIC = platformDocuments()
  .filter(({ path }) => /files|configuration/.test(path));

async function verify(change: Change, documents = STATIC) {
  const host = hostOf(change);
  const results: CaseResult[] = [];
  let notes: readonly string[] = [];
  const reporter = {
    case: (result: CaseResult) => void results.push(result),
    end: (summary: { readonly notes?: readonly string[] }) => {
      notes = summary.notes ?? [];
    },
  };
  const options = { reporters: [reporter] };
  const looked = await lookAtArchive(host, "/image.tar");
  const summary = await verifyOnStage(host, { ...looked, options, documents });
  return { summary, results, notes };
}

async function verdicts(change: Change) {
  const { summary, results } = await verify(change);
  const told = (verdict: string) =>
    summary.clauses.filter((one) => one.verdict === verdict)
      .map(({ clause }) => clause.id);
  return {
    code: verifyExitCode(summary),
    broken: told("broken"),
    undecided: told("undecided"),
    categories: [...new Set(results.flatMap(({ category }) => category ?? []))],
    failed: results.filter(({ status }) => status === "fail")
      .map(({ id }) => id.replace("platform.", "")),
    passed: results.filter(({ status }) => status === "pass").length,
    skipped: new Map(
      results.map(({ id, skipReason }) => [
        id.replace("platform.", ""),
        skipReason,
      ]),
    ),
  };
}

Deno.test("a saved image that keeps the contract is incomplete, never green", async () => {
  const { code, broken, undecided, failed, passed, skipped } = await verdicts(
    {},
  );
  assertEquals({ code, broken, undecided, failed }, {
    code: 3,
    broken: [],
    undecided: [],
    failed: [],
  });
  assertEquals(passed, 20);
  assertEquals(
    skipped.get("files.base-has-no-plugins"),
    'missing capability "image.domain.base" (the domain is "json")',
  );
});

Deno.test("verifyArchive() skips every case that would start something", async () => {
  const results: CaseResult[] = [];
  const summary = await verifyArchive(hostOf({}), "/image.tar", {
    reporters: [{
      case: (result) => void results.push(result),
      end: () => {},
    }],
  });
  assertEquals(verifyExitCode(summary), 3);
  const started = results.filter(({ type }) => type === "cli.run");
  assert(started.length > 100, `only ${started.length} cases`);
  const reasons = new Set(started.map(({ skipReason }) => skipReason));
  assertEquals([...reasons], ["a saved image is not started"]);
  const core = summary.clauses.find(({ clause }) => clause.id === "RP-CORE-4");
  assertEquals(core?.verdict, "unchecked");
  assertEquals(core?.because, ["a saved image is not started"]);
});

Deno.test("the clauses a saved image can show are covered", async () => {
  const { summary, notes } = await verify({});
  const covered = summary.clauses.filter(({ verdict }) => verdict === "covered")
    .map(({ clause }) => clause.id);
  assertEquals(covered, [
    ...["RP-ENTRY-1", "RP-INVOKE-1", "RP-INVOKE-2"],
    ...["RP-PLUGIN-1", "RP-PLUGIN-2", "RP-PLUGIN-4", "RP-BASE-1"],
    ...["RP-IDENTITY-1", "RP-IDENTITY-2", "RP-IDENTITY-3", "RP-IDENTITY-4"],
    ...["RP-IDENTITY-5", "RP-USER-1", "RP-USER-2"],
  ]);
  const text = notes.join("\n");
  assertStringIncludes(text, "1 set-uid or set-gid files");
  assertStringIncludes(text, "  4755 0:0 /bin/su");
  assertStringIncludes(text, "INCOMPLETE: nothing was started");
});

Deno.test("a base image without plugins covers what base images promise", async () => {
  const { summary } = await verify({
    files: {
      "etc/runner/image.env": {
        content: IDENTITY.replace("=json", "=base")
          .replace("DOMAIN=json", "DOMAIN=base"),
      },
      [`${PLUGINS}/keys`]: undefined,
    },
  });
  const base = summary.clauses.find(({ clause }) => clause.id === "RP-BASE-2");
  assertEquals(base?.verdict, "covered");
});

const BASE = IDENTITY.replaceAll("=json", "=base");
const identity = (entry: Partial<TestEntry> | undefined): Change => ({
  files: { "etc/runner/image.env": entry },
});
const plugin = (name: string, entry: Partial<TestEntry> = {}): Change => ({
  files: { [`${PLUGINS}/${name}`]: { mode: 0o555, content: "#!", ...entry } },
});
const SUDO = { "usr/bin/sudo": { mode: 0o4755 } };
const sudoers = (content: string): Change => ({
  files: { ...SUDO, "etc/sudoers.d/ci": { content } },
});

/** What is broken, how, and which clause and case tell it. */
const BREACHES: readonly (readonly [string, Change, string, string])[] = [
  [
    "another entrypoint",
    { config: { Entrypoint: ["/bin/sh", "-c", "/usr/local/bin/runner"] } },
    "RP-ENTRY-1",
    "configuration.entrypoint",
  ],
  [
    "no entrypoint",
    { config: { Entrypoint: undefined } },
    "RP-ENTRY-1",
    "configuration.entrypoint",
  ],
  [
    "an entrypoint that is not there",
    { files: { "usr/local/bin/runner": undefined } },
    "RP-ENTRY-1",
    "files.entrypoint",
  ],
  [
    "an entrypoint that is a link",
    {
      files: {
        "usr/local/bin/runner": { type: "2", target: "/bin/su", content: "" },
      },
    },
    "RP-ENTRY-1",
    "files.entrypoint",
  ],
  [
    "an entrypoint the user cannot execute",
    { files: { "usr/local/bin/runner": { mode: 0o744 } } },
    "RP-ENTRY-1",
    "files.entrypoint-executable",
  ],
  [
    "an entrypoint the user owns",
    { files: { "usr/local/bin/runner": { uid: 10001 } } },
    "RP-ENTRY-1",
    "files.entrypoint-executable",
  ],
  [
    "a default command",
    { config: { Cmd: ["help"] } },
    "RP-INVOKE-1",
    "configuration.no-command",
  ],
  [
    "a health check",
    { config: { Healthcheck: { Test: ["CMD", "/bin/true"] } } },
    "RP-INVOKE-2",
    "configuration.no-health-check",
  ],
  ...[undefined, "", "root", "0", "+0:10001", "nobody", "0:0"].map((User) =>
    [
      `the user ${JSON.stringify(User)}`,
      { config: { User } },
      "RP-USER-1",
      "configuration.user",
    ] as const
  ),
  [
    "a user that is no text",
    { config: { User: 10001 } },
    "RP-USER-1",
    "configuration.user",
  ],
  [
    "a name that is root in disguise",
    { files: { "etc/passwd": { content: "runner:x:0:0::/:\n" } } },
    "RP-USER-1",
    "configuration.user",
  ],
  ["no identity", identity(undefined), "RP-IDENTITY-1", "files.identity"],
  [
    "an identity that is a link",
    identity({ type: "2", target: "../passwd", content: "" }),
    "RP-IDENTITY-1",
    "files.identity",
  ],
  [
    "an identity that is a folder",
    {
      files: {
        "etc/runner/image.env": undefined,
        "etc/runner/image.env/": { type: "5", mode: 0o755 },
      },
    },
    "RP-IDENTITY-1",
    "files.identity",
  ],
  [
    "an empty identity",
    identity({ content: "" }),
    "RP-IDENTITY-2",
    "files.identity-not-empty",
  ],
  [
    "an identity the user cannot read",
    identity({ mode: 0o400 }),
    "RP-IDENTITY-3",
    "files.identity-readable",
  ],
  [
    "an identity in a closed folder",
    { files: { "etc/runner/": { mode: 0o700 } } },
    "RP-IDENTITY-3",
    "files.identity-readable",
  ],
  [
    "an identity anybody can write",
    identity({ mode: 0o666 }),
    "RP-IDENTITY-4",
    "files.identity-unchangeable",
  ],
  [
    "an identity the user owns",
    identity({ uid: 10001 }),
    "RP-IDENTITY-4",
    "files.identity-unchangeable",
  ],
  [
    "an identity in a folder of the user",
    { files: { "etc/runner/": { uid: 10001 } } },
    "RP-IDENTITY-4",
    "files.identity-unchangeable",
  ],
  [
    "an identity with a command in it",
    identity({ content: `${IDENTITY}RUNNER_X=$(id)\n` }),
    "RP-IDENTITY-4",
    "files.identity-literal",
  ],
  [
    "an identity without a role",
    identity({ content: IDENTITY.replace(/^RUNNER_ROLE.*\n/m, "") }),
    "RP-IDENTITY-5",
    "files.identity-keys",
  ],
  [
    "an identity with an empty domain",
    identity({ content: IDENTITY.replace("DOMAIN=json", "DOMAIN=") }),
    "RP-IDENTITY-5",
    "files.identity-keys",
  ],
  [
    "a manifest beside the identity",
    {
      files: {
        "etc/runner/image.manifest": { content: "MANIFEST_SCHEMA_VERSION=1\n" },
      },
    },
    "RP-IDENTITY-4",
    "files.no-manifest",
  ],
  [
    "a manifest anywhere",
    {
      files: {
        "tmp/x/image.manifest": { content: "# x\nMANIFEST_SCHEMA_VERSION=1\n" },
      },
    },
    "RP-IDENTITY-4",
    "files.no-manifest",
  ],
  [
    "no plugin directory",
    { files: { [`${PLUGINS}/`]: undefined, [`${PLUGINS}/keys`]: undefined } },
    "RP-BASE-1",
    "files.plugin-directory",
  ],
  [
    "a plugin directory that is a file",
    {
      files: {
        [`${PLUGINS}/`]: undefined,
        [`${PLUGINS}/keys`]: undefined,
        [PLUGINS]: { mode: 0o755 },
      },
    },
    "RP-BASE-1",
    "files.plugin-directory",
  ],
  [
    "a plugin directory anybody can write",
    { files: { [`${PLUGINS}/`]: { mode: 0o777 } } },
    "RP-USER-2",
    "files.plugins-unchangeable",
  ],
  [
    "a plugin the user owns",
    plugin("mine", { uid: 10001 }),
    "RP-USER-2",
    "files.plugins-unchangeable",
  ],
  [
    "a plugin with a core name",
    plugin("version"),
    "RP-PLUGIN-4",
    "files.no-core-names",
  ],
  [
    "a plugin with an impossible name",
    plugin("Plan"),
    "RP-PLUGIN-2",
    "files.plugin-names",
  ],
  [
    "a plugin with a quote in its name",
    plugin('a"b'),
    "RP-PLUGIN-2",
    "files.plugin-names",
  ],
  [
    "a plugin that is not executable",
    plugin("readme", { mode: 0o444 }),
    "RP-PLUGIN-1",
    "files.plugins-executable",
  ],
  [
    "a plugin that is a link",
    plugin("link", { type: "2", target: "/bin/su", content: "" }),
    "RP-PLUGIN-1",
    "files.plugins-executable",
  ],
  [
    "a plugin that is set-uid",
    plugin("power", { mode: 0o4555 }),
    "RP-USER-2",
    "files.plugins-no-set-uid",
  ],
  [
    "a base image with a plugin",
    identity({ content: BASE }),
    "RP-BASE-2",
    "files.base-has-no-plugins",
  ],
  [
    "sudo without a password",
    sudoers("runner ALL=(ALL) NOPASSWD: ALL\n"),
    "RP-USER-2",
    "configuration.no-passwordless-sudo",
  ],
  [
    "sudo without a password for everybody, behind a link",
    {
      files: {
        ...SUDO,
        "etc/sudoers.d/ci": { type: "2", target: "/opt/rules", content: "" },
        "opt/rules": { content: "ALL ALL=(ALL) NOPASSWD: ALL\n" },
      },
    },
    "RP-USER-2",
    "configuration.no-passwordless-sudo",
  ],
];

for (const [name, change, clause, id] of BREACHES) {
  Deno.test(`a saved image with ${name} breaks ${clause} and nothing else`, async () => {
    const { code, broken, undecided, categories, failed } = await verdicts(
      change,
    );
    assertEquals({ code, broken, undecided, categories, failed }, {
      code: 1,
      broken: [clause],
      undecided: [],
      categories: ["assertion"],
      failed: [id],
    });
  });
}

/** What is only listed. */
const HARMLESS: readonly (readonly [string, Change, string])[] = [
  [
    "rules for somebody else",
    sudoers("alice ALL=(ALL) NOPASSWD: ALL\n"),
    "  /etc/sudoers.d/ci:1: alice ALL=(ALL) NOPASSWD: ALL",
  ],
  [
    "rules without a sudo",
    { files: { "etc/sudoers.d/ci": { content: "ALL ALL=NOPASSWD: ALL\n" } } },
    "  there is no sudo to read them",
  ],
  [
    "a file with capabilities",
    {
      files: {
        "bin/ping": { pax: { "SCHILY.xattr.security.capability": "x" } },
      },
    },
    "  capabilities /bin/ping",
  ],
  [
    "a user by number",
    { config: { User: "10001:10001" } },
    "0 rules of sudo",
  ],
  [
    "no health check, said explicitly",
    { config: { Healthcheck: { Test: ["NONE"] } } },
    "0 rules of sudo",
  ],
  [
    "a file that is only called like a manifest",
    { files: { "opt/image.manifest": { content: "layers: 3\n" } } },
    "0 rules of sudo",
  ],
];

for (const [name, change, line] of HARMLESS) {
  Deno.test(`a saved image with ${name} breaks nothing`, async () => {
    const { summary, notes } = await verify(change);
    assertEquals(verifyExitCode(summary), 3);
    assertStringIncludes(notes.join("\n"), line);
  });
}

Deno.test("what depends on a broken identity is not checkable, with the reason", async () => {
  const { skipped } = await verdicts(identity(undefined));
  for (const id of ["not-empty", "readable", "unchangeable"]) {
    assertEquals(
      skipped.get(`files.identity-${id}`),
      'missing capability "image.identity.file" (the image has no identity)',
    );
  }
  assertEquals(
    skipped.get("files.identity-keys"),
    'missing capability "image.identity.entries" (the image has no identity)',
  );
  assertEquals(
    skipped.get("files.base-has-no-plugins"),
    'missing capability "image.domain.base" (the image has no identity)',
  );
});
