/**
 * Start-up: what the entrypoint costs on top of the runtime it is made of.
 *
 * @module
 */

import { buildPortable } from "../tools/build.ts";
import { BASH_DISPATCHER } from "./bash_dispatcher.ts";
import { measure, timingTable } from "./measure.ts";

const ROUNDS = 40;
const UID = 10001;

/** The flags of the launcher. */
const RUNTIME_FLAGS = [
  "run",
  "--no-config",
  "--no-lock",
  "--no-remote",
  "--no-npm",
  "--no-prompt",
  "--cached-only",
  "--no-code-cache",
  "--quiet",
  "--v8-flags=--single-threaded,--jitless",
  "-A",
];

/** The launcher's own variables, which spare the runtime some work. */
const RUNTIME_ENVIRONMENT = {
  DENO_DIR: "/dev/null/none",
  DENO_LOG: "error,deno::cache=off",
  DENO_NO_UPDATE_CHECK: "1",
  HOME: "/usr/local/lib/runner/none",
  NO_COLOR: "1",
  TZ: "UTC",
};

const IDENTITY = "RUNNER_IMAGE=a\nRUNNER_DOMAIN=b\nRUNNER_ROLE=c\n";

const LEAST_START = new URL("least_start.js", import.meta.url).pathname;

/** Loads a script the way the portable form loads its program. */
function loaderOf(script: string): string {
  return `new Function(Deno.readTextFileSync(${JSON.stringify(script)}))();\n`;
}

/**
 * Measures starts at the entrypoint's real paths, in one mount namespace that
 * is made once, so that only the starts are timed.
 */
export async function benchStart(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "runner-bench-" });
  try {
    const tree = `${folder}/rootfs`;
    await buildPortable({
      source: new URL("../", import.meta.url).pathname.replace(/\/$/, ""),
      out: tree,
    });
    await Deno.mkdir(`${tree}/etc/runner`, { recursive: true });
    await Deno.mkdir(`${tree}/usr/local/lib/runner.d`);
    await Deno.writeTextFile(`${tree}/etc/runner/image.env`, IDENTITY);
    await Deno.writeTextFile(`${tree}/dispatcher`, BASH_DISPATCHER);
    await Deno.chmod(`${tree}/dispatcher`, 0o755);
    await Deno.writeTextFile(`${tree}/empty.js`, "");
    await Deno.writeTextFile(`${tree}/least.js`, loaderOf(LEAST_START));
    return await measureInNamespace(folder, tree);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const SETUP = `
set -eu
mount --bind "$TREE/usr/local/bin" /usr/local/bin
mount --bind "$TREE/usr/local/lib" /usr/local/lib
mkdir -p "$TREE/etc-upper" "$TREE/etc-work"
mount -t tmpfs tmpfs /etc
mkdir /etc/runner && cp "$TREE/etc/runner/image.env" /etc/runner/
exec unshare --user --map-user=${UID} --map-group=${UID} "$@"
`;

/** Runs this module again inside the namespace; see the end of the file. */
async function measureInNamespace(
  folder: string,
  tree: string,
): Promise<string> {
  const command = new Deno.Command("unshare", {
    args: [
      "--user",
      "--map-root-user",
      "--mount",
      "sh",
      "-c",
      SETUP,
      "sh",
      Deno.execPath(),
      "run",
      "-A",
      "--cached-only",
      new URL(import.meta.url).pathname,
      tree,
    ],
    env: { TREE: tree, TMPDIR: folder },
    stderr: "inherit",
  });
  const { success, stdout } = await command.output();
  if (!success) throw new Error("cannot measure starts: no namespaces here");
  return new TextDecoder().decode(stdout);
}

function start(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): () => void {
  const options: Deno.CommandOptions = {
    args: [...args],
    env: { ...env },
    stdout: "null",
  };
  return () => {
    const command = new Deno.Command(program, options);
    const { code } = command.outputSync();
    if (code !== 0) throw new Error(`${program} ended with ${code}`);
  };
}

/** Inits that start a tool and check nothing, where they are installed. */
const INITS = ["tini", "dumb-init", "catatonit"].map((name) =>
  `/usr/bin/${name}`
);

function initVariants() {
  return INITS.filter(isFile).map((path) => ({
    name: `\`${path.split("/").at(-1)} -- /bin/true\``,
    run: start(path, ["--", "/bin/true"]),
  }));
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

async function measureStarts(tree: string): Promise<string> {
  const runtime = "/usr/local/lib/runner/deno";
  const runner = "/usr/local/bin/runner";
  const bare = (script: string, ...words: string[]) => {
    const args = [...RUNTIME_FLAGS, `${tree}/${script}`, ...words];
    return start(runtime, args, RUNTIME_ENVIRONMENT);
  };
  const timings = await measure([
    {
      name: "bare deno, empty script",
      run: start(runtime, ["run", "-A", `${tree}/empty.js`], { HOME: tree }),
    },
    {
      name: "the same with the launcher's flags and variables",
      run: bare("empty.js"),
    },
    {
      name: "with them, the least script that ends in execve",
      run: bare("least.js", "exec", "/bin/true"),
    },
    {
      name: "`runner exec /bin/true`",
      run: start(runner, ["exec", "/bin/true"]),
    },
    { name: "`runner help`", run: start(runner, ["help"]) },
    { name: "`runner about`", run: start(runner, ["about"]) },
    {
      name: "bash dispatcher, `exec /bin/true`",
      run: start(`${tree}/dispatcher`, ["exec", "/bin/true"]),
    },
    ...initVariants(),
    { name: "`/bin/true` alone", run: start("/bin/true", []) },
  ], ROUNDS);
  return timingTable(timings);
}

if (import.meta.main) {
  console.log((await measureStarts(Deno.args[0] ?? "")).trimEnd());
}
