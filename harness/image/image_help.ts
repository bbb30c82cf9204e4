/**
 * What `image --help` prints.
 *
 * @module
 */

const IMAGE = `Make and verify tool images.

Usage:
  image init NAME [--out DIR]            begin a derived image
  image materialize MANIFEST --out DIR   write the contract files of an image
  image verify IMAGE [flags]             hold an image against the contract
  image verify --sandbox DIR [flags]     hold a rootfs tree against the contract
  image verify --archive FILE [flags]    hold a saved image against the contract
  image --version                        print the version

Examples:
  image init terraform
  image materialize images/base/image.manifest --out dist/rootfs
  image verify runner-base
  image verify --sandbox dist/rootfs
  image verify --archive image.tar

"image COMMAND --help" tells more.
`;

const INIT =
  `Begin a derived image: a folder that builds and verifies as it stands.

Usage:
  image init NAME [--out DIR]

Writes a Dockerfile, a manifest, one plugin and one document with cases of the
image's own into DIR, which must not be there yet: all of it, or nothing. DIR is
NAME unless it is given. NAME has 1 to 64 of a-z, 0-9, ".", "_" and "-", and
begins with a letter or digit.

Exit codes:
  0  written
  1  a file could not be written
  2  the command cannot be understood, the name is none, or DIR is there

Example:
  image init terraform
  image init jq --out images/jq
`;

const MATERIALIZE = `Write the contract files of an image from its manifest.

Usage:
  image materialize MANIFEST --out DIR

Writes etc/runner/image.env, runtime.env and tools.env, mode 0444, and the empty
plugin directory below DIR: all of them, or none. The manifest stays outside.

Exit codes:
  0  written
  1  the manifest is not valid, or a file could not be written
  2  the command cannot be understood, or the manifest cannot be read

Example:
  image materialize images/base/image.manifest --out dist/rootfs
`;

const VERIFY =
  `Hold an image against the runner contract, with no test to write.

Usage:
  image verify IMAGE [flags]
  image verify --archive FILE [flags]
  image verify --sandbox DIR [flags]

What is verified, one of:
  IMAGE                an image that docker, podman or nerdctl has. Its files are
                       looked at; if they are right, its entrypoint is started in
                       containers, without a network. Nothing is pulled
  --engine PROGRAM     with IMAGE: the engine (default: the first of the three
                       that is here)
  --engine-arg FLAG    with IMAGE: a flag for its run command; may be given more
                       than once
  --sandbox DIR        a rootfs tree. Its entrypoint is started at its real
                       paths, as the user it declares, in namespaces of its
                       own; no container engine is needed
  --archive FILE       a saved image: what docker save or podman save wrote, an
                       OCI archive, or the folder of an OCI layout. Only looked
                       at: nothing is started and nothing is unpacked
  --platform OS/ARCH   with --archive: which of several platforms (default: this
                       machine's)
  --ref NAME           with --archive: which of several images

Which cases:
  --specs PATH         cases of the image itself, a document or a folder; may
                       be given more than once
  --filter GLOB        only cases whose id matches

How:
  --jobs N             cases side by side (default: one per processor)
  --timeout SECONDS    stop a case after this time (default 60)

Reports:
  --report FORMAT=FILE write a report, as with spec run (default terminal=-)
  --verbose            show cases that pass at a terminal, too

The terminal report ends with the verdict on the clauses of the contract. Without
one on standard output, the verdict goes to standard error.

Exit codes:
  0  verified
  1  a case failed, the engine failed, or what is verified cannot be read or
     trusted
  2  the command cannot be understood
  3  nothing failed, but the entrypoint was not started: incomplete. With
     --archive there is no 0: what only a running container shows is not checked
  128 plus the signal's number if stopped by a signal

Examples:
  image verify runner-jq --specs images/jq/specs
  image verify runner-jq --engine podman --engine-arg=--ulimit=nofile=1024
  image verify --sandbox dist/rootfs
  image verify --sandbox dist/rootfs --report json=verify.json
  image verify --archive image.tar
  image verify --archive oci/ --platform linux/arm64
`;

/** The help texts by topic. */
export const IMAGE_HELP: ReadonlyMap<string, string> = new Map([
  ["image", IMAGE],
  ["init", INIT],
  ["materialize", MATERIALIZE],
  ["verify", VERIFY],
]);
