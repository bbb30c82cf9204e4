/**
 * How programs are installed where they are missing.
 *
 * @module
 */

import { type Host, HostError } from "../../host/host.ts";

const INSTALL = {
  debian: "apt-get install",
  alpine: "apk add",
  fedora: "dnf install",
} as const;

/** The distributions whose packages are known by name. */
type Distribution = keyof typeof INSTALL;

const DISTRIBUTIONS: readonly Distribution[] = ["debian", "alpine", "fedora"];
const ALIKE: ReadonlyMap<string, Distribution> = new Map([
  ...DISTRIBUTIONS.map((name) => [name, name] as const),
  ["ubuntu", "debian"],
  ["rhel", "fedora"],
  ["centos", "fedora"],
]);

/** Packages that are not called as the program is. */
const PACKAGES: Readonly<
  Record<string, Readonly<Partial<Record<Distribution, string>>>>
> = {
  docker: { debian: "docker.io", fedora: "moby-engine" },
  sh: { debian: "dash", alpine: "busybox", fedora: "bash" },
  unshare: {
    debian: "util-linux mount",
    alpine: "util-linux mount coreutils",
    fedora: "util-linux",
  },
};

/** Programs that distributions seldom have. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ["nerdctl", "https://github.com/containerd/nerdctl/releases"],
]);

/**
 * Says how a program is installed on this machine.
 *
 * @param program The program.
 * @param host The machine.
 * @returns The command of its distribution; of each that is known if it is
 * another one.
 *
 * @example Usage
 * ```ts
 * import { installHint } from "./packages.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const files = { "/etc/os-release": "ID=linuxmint\nID_LIKE=ubuntu\n" };
 * assertEquals(
 *   installHint("docker", new MemoryHost({ files })),
 *   "Install it: apt-get install docker.io",
 * );
 * ```
 */
export function installHint(
  program: string,
  host: Pick<Host, "readFile">,
): string {
  const page = ELSEWHERE.get(program);
  if (page !== undefined) return `Install it: ${page}`;
  const known = distributionOf(host);
  const command = (name: Distribution) =>
    `${INSTALL[name]} ${PACKAGES[program]?.[name] ?? program}`;
  if (known !== undefined) return `Install it: ${command(known)}`;
  const each = DISTRIBUTIONS.map((name) =>
    `${command(name)} (${name[0]?.toUpperCase()}${name.slice(1)})`
  );
  return `Install it: ${each.join(", ")}`;
}

/** Source: os-release(5). */
function distributionOf(
  host: Pick<Host, "readFile">,
): Distribution | undefined {
  try {
    const bytes = host.readFile("/etc/os-release", { maxBytes: 65_536 });
    const text = new TextDecoder().decode(bytes);
    const words = [...text.matchAll(/^ID(?:_LIKE)?=(.*)$/gm)]
      .flatMap(([, value = ""]) => value.replace(/["']/g, "").split(" "));
    return words.map((word) => ALIKE.get(word))
      .find((name) => name !== undefined);
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}
