/**
 * The entrypoint of some copy of the source, in this process, over files in
 * memory. It sets an image up as the sandbox does, with the case's own shell
 * text, but it cannot become a tool.
 *
 * @module
 */

import type { MemoryFile, MemoryHost } from "../../host/memory_host.ts";
import type { main } from "../../runner/main.ts";

/** Names the copy of the source to the entrypoint. */
const SOURCE_VARIABLE = "MUTANT_SOURCE";
/** Names a tree with contract files. */
const TREE_VARIABLE = "MUTANT_TREE";

/** What a case may ask of this stage. */
export const CAPABILITIES = ["sandbox.env", "sandbox.setup", "sandbox.user"];

/** An environment for cases that names this module as entrypoint. */
export function memoryStage(
  source: string,
  tree: string,
): Record<string, string> {
  return {
    PATH: "/usr/bin:/bin",
    SPEC_RUNNER_ENTRYPOINT: `${import.meta.url}:run`,
    [SOURCE_VARIABLE]: source,
    [TREE_VARIABLE]: tree,
  };
}

interface Io {
  readonly env: Readonly<Record<string, string>>;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** One invocation; the exit code. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const source = io.env[SOURCE_VARIABLE] ?? "";
  const program: { main: typeof main } = await import(
    `file://${source}/runner/main.ts`
  );
  const memory: { MemoryHost: typeof MemoryHost } = await import(
    `file://${source}/host/memory_host.ts`
  );
  const [uid, gid] = (io.env["SANDBOX_USER"] ?? "10001:10001").split(":")
    .map(Number);
  const host = new memory.MemoryHost({
    ids: { uid: uid ?? 0, gid: gid ?? 0 },
    files: await setUp(io.env),
  });
  const bytes = (text: string) => new TextEncoder().encode(text);
  const code = await program.main(host, {
    start: () => ({
      words: argv.map(bytes),
      environment: (io.env["SANDBOX_ENV"] ?? "").split("\n").map(bytes),
      restore: { openFilesLimit: undefined, ignoreSigpipe: false },
    }),
    replace: () => ({ code: "EPERM", path: undefined }),
  });
  io.stdout.write(host.stdoutText);
  io.stderr.write(host.stderrText);
  return code;
}

const PLUGINS = "/usr/local/lib/runner.d";

/**
 * The plugin directory while a case's text works on it, who need not be root
 * here. What it leaves like this is as the sandbox has it.
 */
const OPEN = 0o755;
const AS_IN_SANDBOX = 0o555;

const FOLDERS = ["etc", "usr/local/bin", "usr/local/lib", "tmp", "workspace"];

/** The contract files of the tree, as the case's shell text leaves them. */
async function setUp(
  env: Readonly<Record<string, string>>,
): Promise<Record<string, MemoryFile>> {
  const root = await Deno.makeTempDir({ prefix: "runner-mutant-" });
  try {
    const script = `umask 022; mkdir -p ${FOLDERS.join(" ")}
cp -R "$TREE/etc/runner" etc; cp -R "$TREE${PLUGINS}" usr/local/lib
chmod 0${OPEN.toString(8)} usr/local/lib/runner.d
${env["SANDBOX_SETUP"] ?? ""}`;
    const { success, stderr } = await new Deno.Command("/bin/sh", {
      args: ["-eu", "-c", script],
      cwd: root,
      env: { TREE: env[TREE_VARIABLE] ?? "" },
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    const files: Record<string, MemoryFile> = {
      "/dev/zero": { kind: "other" },
    };
    for (const folder of FOLDERS) await readInto(files, root, `/${folder}`);
    return files;
  } finally {
    await new Deno.Command("/bin/sh", {
      args: ["-c", 'chmod -R u+rwX "$0"; rm -rf "$0"', root],
    }).output();
  }
}

async function readInto(
  files: Record<string, MemoryFile>,
  root: string,
  path: string,
): Promise<void> {
  const real = root + path;
  const info = await Deno.lstat(real);
  const mode = (info.mode ?? 0) & 0o7777;
  if (info.isSymlink) {
    files[path] = { kind: "symlink", target: await Deno.readLink(real) };
  } else if (info.isDirectory) {
    const untouched = path === PLUGINS && mode === OPEN;
    files[path] = { kind: "directory", mode: untouched ? AS_IN_SANDBOX : mode };
    await Deno.chmod(real, 0o755);
    for await (const { name } of Deno.readDir(real)) {
      await readInto(files, root, `${path}/${name}`);
    }
  } else if (info.isFile) {
    await Deno.chmod(real, 0o644);
    files[path] = { kind: "file", mode, content: await Deno.readFile(real) };
  } else {
    files[path] = { kind: "other", mode };
  }
}
