/**
 * Images that break one rule each, on top of an image that keeps them all.
 *
 * @module
 */

/** An image that breaks a rule. */
export interface BrokenImage {
  /** What is wrong with it; also its name. */
  readonly name: string;
  /** What its Dockerfile does as root, before the user is set. */
  readonly build: readonly string[];
  /** What its Dockerfile ends with. Default: the user. */
  readonly end?: readonly string[];
  /** The clause it breaks. */
  readonly clause: string;
}

const PLUGINS = "/usr/local/lib/runner.d";
const IDENTITY = "/etc/runner/image.env";
const USER = "USER 10001:10001";

/** One for each way to get it wrong. */
export const BROKEN_IMAGES: readonly BrokenImage[] = [
  { name: "root-user", build: [], end: ["USER 0:0"], clause: "RP-USER-1" },
  {
    name: "default-command",
    build: [],
    end: [USER, 'CMD ["help"]'],
    clause: "RP-INVOKE-1",
  },
  {
    name: "missing-role",
    build: [`RUN sed -i '/^RUNNER_ROLE=/d' ${IDENTITY}`],
    clause: "RP-IDENTITY-5",
  },
  {
    name: "empty-identity",
    build: [`RUN : > ${IDENTITY}`],
    clause: "RP-IDENTITY-2",
  },
  {
    name: "writable-identity",
    build: [`RUN chmod 0666 ${IDENTITY}`],
    clause: "RP-IDENTITY-4",
  },
  {
    name: "writable-plugin-directory",
    build: [`RUN chmod 0777 ${PLUGINS}`],
    clause: "RP-USER-2",
  },
  {
    name: "plugin-named-version",
    build: [`RUN cp ${PLUGINS}/keys ${PLUGINS}/version`],
    clause: "RP-PLUGIN-4",
  },
  {
    name: "symlinked-plugin",
    build: [`RUN ln -s /bin/sh ${PLUGINS}/sh`],
    clause: "RP-PLUGIN-1",
  },
  {
    name: "shell-form-entrypoint",
    build: [],
    end: [USER, "ENTRYPOINT /usr/local/bin/runner"],
    clause: "RP-ENTRY-1",
  },
  {
    name: "extra-entrypoint-words",
    build: [],
    end: [USER, 'ENTRYPOINT ["/usr/local/bin/runner", "exec"]'],
    clause: "RP-ENTRY-1",
  },
  {
    name: "manifest-left-inside",
    build: ["COPY image.manifest /etc/runner/image.manifest"],
    clause: "RP-IDENTITY-4",
  },
  {
    name: "passwordless-sudo",
    build: [
      "RUN mkdir -p /etc/sudoers.d" +
      " && echo 'runner ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/runner" +
      " && install -m 4755 /bin/true /usr/bin/sudo",
    ],
    clause: "RP-USER-2",
  },
];

/**
 * Writes the Dockerfile of a broken image.
 *
 * @param image The image.
 * @param base The image it is broken from.
 * @returns The text.
 */
export function dockerfileOf(image: BrokenImage, base: string): string {
  const { build, end = [USER] } = image;
  return [`FROM ${base}`, "USER 0:0", ...build, ...end, ""].join("\n");
}
