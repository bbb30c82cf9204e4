/**
 * What `image --help` tells besides the flags.
 *
 * @module
 */

import type { ImageCommandName } from "../spec_cli/flag_row.ts";
import {
  commandHelp,
  type CommandPage,
  programHelp,
  type ProgramPage,
} from "../spec_cli/help.ts";
import { completionsPage } from "../spec_cli/completions_page.ts";
import { doctorPage } from "../spec_cli/doctor_page.ts";

const PAGES: Readonly<Record<ImageCommandName, CommandPage>> = {
  init: {
    command: "image init",
    title:
      "Begin a derived image: a folder that builds and verifies as it stands.",
    about:
      `Writes a Dockerfile, a manifest, one plugin and one document with cases of the
image's own into DIR, which must not be there yet: all of it, or nothing. DIR is
NAME unless it is given. NAME has 1 to 64 of a-z, 0-9, ".", "_" and "-", and
begins with a letter or digit.`,
    usage: [["image init NAME [--out DIR]", "begin a derived image"]],
    exits: [
      ["0", "written"],
      ["1", "a file could not be written"],
      [
        "2",
        "the command cannot be understood, the name is none, or DIR is there",
      ],
    ],
    examples: ["image init terraform", "image init jq --out images/jq"],
  },
  materialize: {
    command: "image materialize",
    title: "Write the contract files of an image from its manifest.",
    about:
      `Writes etc/runner/image.env, runtime.env and tools.env, mode 0444, and the empty
plugin directory below DIR: all of them, or none. The manifest stays outside.`,
    usage: [[
      "image materialize MANIFEST --out DIR",
      "write the contract files of an image",
    ]],
    operands: [{
      name: "MANIFEST",
      section: "What is written",
      help: "the manifest of the image",
      names: "file",
    }],
    exits: [
      ["0", "written"],
      ["1", "the manifest is not valid, or a file could not be written"],
      [
        "2",
        "the command cannot be understood, or the manifest cannot be read",
      ],
    ],
    examples: [
      "image materialize images/base/image.manifest --out dist/rootfs",
    ],
  },
  verify: {
    command: "image verify",
    title: "Hold an image against the runner contract, with no test to write.",
    about:
      `What is verified is one of IMAGE, --sandbox and --archive. The reports
terminal, dot and markdown end with the verdict on the clauses of the contract.
Without one of them on standard output, the verdict goes to standard error.`,
    usage: [
      ["image verify IMAGE [flags]", "hold an image against the contract"],
      [
        "image verify --sandbox DIR [flags]",
        "hold a rootfs tree against the contract",
      ],
      [
        "image verify --archive FILE [flags]",
        "hold a saved image against the contract",
      ],
    ],
    operands: [{
      name: "IMAGE",
      section: "What is verified",
      help:
        "an image that docker, podman or nerdctl has. Its files are looked at; if they are right, its entrypoint is started in containers, without a network. Nothing is pulled",
    }],
    exits: [
      ["0", "verified"],
      [
        "1",
        "a case failed, the engine failed, or what is verified cannot be read or trusted",
      ],
      ["2", "the command cannot be understood"],
      [
        "3",
        "nothing failed, but the entrypoint was not started: incomplete. With --archive there is no 0: what only a running container shows is not checked",
      ],
      [
        "128 plus the signal's number",
        "stopped by a signal; report files are left as they were",
      ],
    ],
    examples: [
      "image verify runner-jq --specs images/jq/specs",
      "image verify runner-jq --engine podman --engine-arg=--ulimit=nofile=1024",
      "image verify --sandbox dist/rootfs",
      "image verify --sandbox dist/rootfs --report json=verify.json",
      "image verify --archive image.tar",
      "image verify --archive oci/ --platform linux/arm64",
    ],
  },
  completions: completionsPage("image"),
  doctor: doctorPage("image"),
};

/**
 * All that `image --help` tells of.
 *
 * @example Usage
 * ```ts
 * import { IMAGE_PAGE } from "./image_pages.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(IMAGE_PAGE.commands[0]?.command, "image init");
 * ```
 */
export const IMAGE_PAGE: ProgramPage = {
  program: "image",
  title: "Make and verify tool images.",
  commands: Object.values(PAGES),
  examples: [
    "image init terraform",
    "image materialize images/base/image.manifest --out dist/rootfs",
    "image verify runner-base",
    "image verify --sandbox dist/rootfs",
    "image verify --archive image.tar",
  ],
};

/**
 * What `image --help` and `image COMMAND --help` print.
 *
 * @param topic The command, or `image` for all of them.
 * @returns The text.
 *
 * @example Usage
 * ```ts
 * import { imageHelp } from "./image_pages.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * assertStringIncludes(imageHelp("verify"), "--engine PROGRAM");
 * ```
 */
export function imageHelp(topic: "image" | ImageCommandName): string {
  return topic === "image"
    ? programHelp(IMAGE_PAGE)
    : commandHelp(PAGES[topic]);
}
