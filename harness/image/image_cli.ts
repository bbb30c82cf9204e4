/**
 * One call of the image command, from words to an exit code.
 *
 * @module
 */

import { type Host, HostError } from "../../host/host.ts";
import { materialize, parseManifest } from "../../runner/manifest.ts";
import { VERSION } from "../../runner/version.ts";
import { printable, quoted } from "../../text/printable.ts";
import { complain, explain, print, TOOL_EXIT_CODE } from "../command_line.ts";
import type { ImageCommandName } from "../spec_cli/flag_row.ts";
import { flagShapes } from "../spec_cli/flag_table.ts";
import { type Flags, parseFlags } from "../spec_cli/flags.ts";
import { givenFlags } from "../spec_cli/given_flags.ts";
import { parseShell } from "../spec_cli/shells.ts";
import { suggestFlag } from "../spec_cli/suggest_flag.ts";
import { unknownCommand } from "../spec_cli/unknown_command.ts";
import { UsageError } from "../usage_error.ts";
import { type ScaffoldFile, scaffoldImage, writeScaffold } from "./scaffold.ts";
import { ArchiveError } from "./archive/archive_error.ts";
import { EngineError } from "./engine.ts";
import { TreeError, writeContractFiles } from "./tree.ts";

/**
 * Carries out one call of the image command.
 *
 * Reports go to standard output, everything else to standard error.
 *
 * @param host The machine; its `args` are the words behind `image`.
 * @returns The exit code: 0, 1, 2, 3, or 128 plus a signal's number. Never
 * throws.
 *
 * @example Usage
 * ```ts
 * import { imageMain } from "./image_cli.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals, assertStringIncludes } from "@std/assert";
 *
 * const host = new MemoryHost({ args: ["verfy"] });
 * assertEquals(await imageMain(host), 2);
 * assertStringIncludes(host.stderrText, 'Did you mean "verify"?');
 * ```
 */
export async function imageMain(host: Host): Promise<number> {
  try {
    return await perform(host);
  } catch (error) {
    if (
      !(error instanceof TreeError || error instanceof ArchiveError ||
        error instanceof EngineError)
    ) return explain(error, "image", host);
    complain([`image: ${error.message}`, error.remedy], host);
    return TOOL_EXIT_CODE.failed;
  }
}

type RunCommand = (flags: Flags, host: Host) => number | Promise<number>;

const COMMANDS: Readonly<Record<ImageCommandName, RunCommand>> = {
  init,
  materialize: materializeManifest,
  verify,
  completions,
  doctor: askDoctor,
};

const KNOWN = {
  program: "image",
  names: Object.keys(COMMANDS),
  // What other tools call it.
  synonyms: new Map([
    ["new", "init"],
    ["create", "init"],
    ["test", "verify"],
    ["check", "verify"],
    ["validate", "verify"],
  ]),
  main: "verify",
} as const;

async function perform(host: Host): Promise<number> {
  const [word, ...rest] = host.args;
  if (word === "--help" || word === "-h") return help("image", host);
  if (word === "--version") return version(host);
  if (word === undefined || !isCommand(word)) {
    throw unknownCommand(word, KNOWN);
  }
  const command = `image ${word}` as const;
  const flags = parseFlags(
    rest,
    flagShapes(command),
    (flag) => suggestFlag(flag, command),
  );
  if (flags.switches.has("help")) return help(word, host);
  if (flags.switches.has("version")) return version(host);
  return COMMANDS[word](await givenFlags(command, flags, host), host);
}

function isCommand(word: string): word is ImageCommandName {
  return Object.hasOwn(COMMANDS, word);
}

async function help(
  topic: "image" | ImageCommandName,
  host: Host,
): Promise<number> {
  const { imageHelp } = await import("./image_pages.ts");
  print(imageHelp(topic), host);
  return TOOL_EXIT_CODE.ok;
}

function version(host: Host): number {
  print(`image ${VERSION}\n`, host);
  return TOOL_EXIT_CODE.ok;
}

async function completions({ paths }: Flags, host: Host): Promise<number> {
  const shell = parseShell(paths, "image");
  const [{ completionScript }, { IMAGE_PAGE }] = await Promise.all([
    import("../spec_cli/completions.ts"),
    import("./image_pages.ts"),
  ]);
  print(completionScript(shell, IMAGE_PAGE), host);
  return TOOL_EXIT_CODE.ok;
}

async function askDoctor(
  { paths, switches }: Flags,
  host: Host,
): Promise<number> {
  const [{ doctor }, { imageProbes }] = await Promise.all([
    import("../doctor/doctor.ts"),
    import("./image_probes.ts"),
  ]);
  const json = switches.has("json");
  const probes = imageProbes(host);
  return doctor({ program: "image", json, paths, probes }, host);
}

// Nobody else pays for what runs cases.
async function verify(flags: Flags, host: Host): Promise<number> {
  const { verifyCommand } = await import("./verify_command.ts");
  return await verifyCommand(flags, host);
}

function init(flags: Flags, host: Host): number {
  const [name, extra] = flags.paths;
  const remedy = "image init terraform";
  if (name === undefined || extra !== undefined) {
    const count = flags.paths.length;
    throw new UsageError(
      `Cannot make an image: wanted one name, got ${
        count === 0 ? "none" : count
      }`,
      { remedy },
    );
  }
  const [out = name] = flags.values.get("out") ?? [];
  writeScaffold(host, filesFor(name), out);
  print(nextSteps(name, out), host);
  return TOOL_EXIT_CODE.ok;
}

function filesFor(name: string): ScaffoldFile[] {
  try {
    return scaffoldImage(name);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(error.message, { remedy: "image init terraform" });
  }
}

function nextSteps(name: string, out: string): string {
  return `Made ${printable(out)}. Next, with the base image at hand:

  image materialize ${out}/image.manifest --out ${out}/rootfs
  docker build -t ${name} ${out}
  image verify ${name} --specs ${out}/specs
`;
}

function materializeManifest(flags: Flags, host: Host): number {
  const [path, extra] = flags.paths;
  const [out] = flags.values.get("out") ?? [];
  if (path === undefined || extra !== undefined || out === undefined) {
    throw new UsageError(
      `Cannot materialize: wanted one manifest and --out, got ${flags.paths.length} manifests and ${
        out === undefined ? "no" : "an"
      } --out`,
      { remedy: "image materialize image.manifest --out dist/rootfs" },
    );
  }
  const result = parseManifest(readManifest(path, host));
  if (!result.ok) {
    complain([
      `image: Cannot materialize ${quoted(path)}: nothing was written`,
      ...result.problems.map(({ line, message }) =>
        line === 0 ? `${path}: ${message}` : `${path}:${line}: ${message}`
      ),
    ], host);
    return TOOL_EXIT_CODE.failed;
  }
  writeContractFiles(host, materialize(result.manifest), out);
  return TOOL_EXIT_CODE.ok;
}

function readManifest(path: string, host: Host): Uint8Array {
  try {
    return host.readFile(path);
  } catch (cause) {
    if (!(cause instanceof HostError)) throw cause;
    throw new UsageError(
      `Cannot read manifest ${quoted(path)}: ${cause.reason}`,
      { cause },
    );
  }
}
