// A contract whose breach nobody notices protects nobody. Each mutation breaks
// one rule in a copy of the entrypoint's source; the cases must turn red.

import { assert, assertEquals } from "@std/assert";
import {
  buildBaseTree,
  buildMutant,
  type Mutation,
  sandboxRefusal,
  TempFolder,
  verifyResults,
} from "./_tree.ts";

/** A rule that is broken, and the cases that must notice. */
interface BrokenRule extends Mutation {
  /** What the mutant does. */
  readonly rule: string;
  /** The cases to run. */
  readonly filter: string;
}

const BROKEN_RULES: readonly BrokenRule[] = [
  {
    rule: "root may run commands",
    file: "runner/preconditions.ts",
    from: "if (uid === 0 || euid === 0) return refuseRoot(uid, euid);",
    to: "void refuseRoot;",
    filter: "platform.user.root-exec",
  },
  {
    rule: "a plugin overrides a core command",
    file: "runner/dispatch.ts",
    from: "return isCoreCommand(command)",
    to: "return isCoreCommand(command) && plugins.find(command) === undefined",
    filter: "platform.plugin.does-not-override-version",
  },
  {
    rule: "a path is accepted as a plugin name",
    file: "runner/plugin_name.ts",
    from: "const reason = refusal(word);",
    to: "const reason = undefined;",
    filter: "platform.plugin.path-*",
  },
  {
    rule: "commands run without an identity",
    file: "runner/preconditions.ts",
    from: "if (!identity.ok) {",
    to: 'if (!identity.ok) return { kind: "ready", identity: { image: "", ' +
      'domain: "", role: "", entries: [] } };\n  if (!identity.ok) {',
    filter: "platform.identity.missing",
  },
  {
    rule: "a required key may be missing",
    file: "runner/identity.ts",
    from: "if (entry === undefined) problems.push(",
    to: "if (entry === undefined && problems.length > 9) problems.push(",
    filter: "platform.identity.without-role",
  },
  {
    rule: "an identity is expanded instead of literal",
    file: "runner/env_file.ts",
    from: "if (interpreted !== undefined) {",
    to: "if (interpreted === null) {",
    filter: "platform.identity.command-substitution",
  },
  {
    rule: "an unknown command is executed",
    file: "runner/dispatch.ts",
    from:
      "if (entry === undefined) return unknownCommand(word, plugins.names());",
    to: 'if (entry === undefined) return { kind: "exec" };',
    filter: "platform.invocation.bare-*",
  },
  {
    rule: "no command at all means help",
    file: "runner/dispatch.ts",
    from: 'if (command === undefined || command === "") {',
    to: 'if (command === undefined) return { kind: "help" };\n' +
      '  if (command === "") {',
    filter: "platform.invocation.no-command",
  },
  {
    rule: "--help is understood",
    file: "runner/dispatch.ts",
    from: "return isCoreCommand(command)",
    to: 'if (command === "--help") return { kind: "help" };\n' +
      "  return isCoreCommand(command)",
    filter: "platform.invocation.option-*",
  },
  {
    rule: "a file without #! is handed to a shell",
    file: "runner/process.ts",
    from: "if (!image.searched || !NOT_HERE.has(code)) return { code, path };",
    to: 'if (code === "ENOEXEC") return replace({ ...image, searched: false, ' +
      'candidates: [new TextEncoder().encode("/bin/sh")], ' +
      'argv: [new TextEncoder().encode("sh"), path] });\n' +
      "    if (!image.searched || !NOT_HERE.has(code)) return { code, path };",
    filter: "platform.exec.no-interpreter",
  },
  {
    rule: "the working directory is searched",
    file: "runner/search_path.ts",
    from: ".filter((directory) => directory[0] === SLASH)",
    to: "",
    filter: "platform.exec.working-directory-*",
  },
  {
    rule: "the tool inherits an ignored SIGPIPE",
    file: "runner/process.ts",
    from: "image.restore.ignoreSigpipe ? SIG_IGN : SIG_DFL",
    to: "SIG_IGN",
    filter: "platform.exec.broken-pipe",
  },
  {
    rule: "a shell starts without a terminal",
    file: "runner/become.ts",
    from: "if (missing !== undefined) {",
    to: "if (missing === null) {",
    filter: "platform.shell.needs-a-terminal",
  },
  {
    rule: "there is a default shell",
    file: "runner/become.ts",
    from: "if (entry === undefined) {",
    to:
      'if (entry === undefined) return "/bin/sh";\n  if (entry === undefined) {',
    filter: "platform.shell.undeclared",
  },
  {
    rule: "a symbolic link is a plugin",
    file: "runner/plugins.ts",
    from: 'if (info.kind !== "file") return KIND_REASONS[info.kind];',
    to: "void KIND_REASONS;",
    filter: "platform.plugin.symbolic-link",
  },
  {
    rule: "a set-uid file is a plugin",
    file: "runner/plugins.ts",
    from: "if ((info.mode & SET_ID_BITS) !== 0)",
    to: "if ((info.mode & SET_ID_BITS) === -1)",
    filter: "platform.plugin.set-uid",
  },
  {
    rule: "a plugin may be writable",
    file: "runner/plugins.ts",
    from: 'if (host.mayAccess(path, "write"))',
    to: 'if (host.mayAccess("/nowhere", "write"))',
    filter: "platform.plugin.writable",
  },
  {
    rule: "the plugin directory may be missing",
    file: "runner/preconditions.ts",
    from: "if (!facts.hasPluginDirectory()) {",
    to: "if (facts === undefined) {",
    filter: "platform.plugin.directory-missing",
  },
];

/** What no mutation touches: a mutant that only crashes proves nothing. */
const CONTROL = "platform.about.json";

const refusal = await sandboxRefusal();
const ignore = refusal !== undefined;
const suffix = ignore ? ` (no sandbox on this machine: ${refusal})` : "";

Deno.test({
  name: `the contract's cases notice every broken rule${suffix}`,
  ignore,
  async fn(t) {
    await using folder = new TempFolder();
    const base = `${folder.path}/base`;
    await buildBaseTree(base);

    await t.step("unchanged, every case passes", async () => {
      const results = await verifyResults(base);
      const failed = results.filter(({ status }) => status !== "pass");
      assertEquals(failed.map(({ message }) => message), []);
      assert(results.length > 100, `only ${results.length} cases ran`);
    });

    for (const [index, broken] of BROKEN_RULES.entries()) {
      await t.step(broken.rule, async () => {
        const place = `${folder.path}/${index}`;
        await Deno.mkdir(place);
        const tree = await buildMutant(base, place, broken);
        const [control] = await verifyResults(tree, CONTROL);
        assertEquals(control?.status, "pass", "the mutant does not run at all");
        const results = await verifyResults(tree, broken.filter);
        const red = results.filter(({ category }) => category === "assertion");
        assert(red.length > 0, `no case of ${broken.filter} turned red`);
      });
    }
  },
});
