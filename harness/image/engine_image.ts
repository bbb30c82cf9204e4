/**
 * An image that an engine has against the contract: its files, and, if those
 * are right, its entrypoint in containers.
 *
 * @module
 */

import type { Host } from "../../host/host.ts";
import { shellWord } from "./_shell_word.ts";
import { verifyOnStage } from "./_verify_on_stage.ts";
import {
  type ContainerCommand,
  containerCommand,
  tellEngineFailure,
  tryContainer,
} from "./container.ts";
import {
  findEngine,
  type FindEngineOptions,
  requireImage,
  saveImage,
} from "./engine.ts";
import { lookAtArchive } from "./saved_image.ts";
import type { Stage } from "./stage.ts";
import type { VerifyOptions, VerifySummary } from "./verification.ts";

/** How {@linkcode verifyImage} verifies. */
export interface VerifyImageOptions extends VerifyOptions {
  /** Which engine, and how its containers are run. Default: the first found. */
  readonly engine?: FindEngineOptions;
}

/**
 * Verifies an image that a container engine has.
 *
 * It is saved and looked at first. An image whose files break the contract is
 * not started: everything it did would look wrong, and one cause is enough.
 *
 * Source: Runner Platform Contract, "Testing and enforcement".
 *
 * @param host The machine.
 * @param reference The image.
 * @param options Which engine, which cases, and who is told.
 * @returns What the verification came to.
 * @throws {EngineError} If there is no engine, or it could not do its part.
 * @throws {ArchiveError} If what the engine saved cannot be read.
 * @throws {UsageError} If the reference cannot be one.
 *
 * @example A machine without an engine
 * ```ts
 * import { verifyImage } from "./engine_image.ts";
 * import { EngineError } from "./engine.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertRejects } from "@std/assert";
 *
 * await assertRejects(
 *   () => verifyImage(new MemoryHost(), "runner-base", { reporters: [] }),
 *   EngineError,
 *   "Cannot find a container engine",
 * );
 * ```
 */
export async function verifyImage(
  host: Host,
  reference: string,
  options: VerifyImageOptions,
): Promise<VerifySummary> {
  const { engine: wanted, ...rest } = options;
  const engine = await findEngine(host, wanted);
  await requireImage(host, engine, reference);
  const directory = host.makeTempDirectory("runner-image-");
  const looked = await (async () => {
    try {
      const file = `${directory}/image.tar`;
      await saveImage(host, engine, reference, file);
      return await lookAtArchive(host, file);
    } finally {
      host.remove(directory);
    }
  })();
  const files = await verifyOnStage(host, {
    ...looked,
    options: { reporters: [] },
  });
  if (files.suite.failed > 0) {
    const stage = { ...looked.stage, ...BROKEN };
    return await verifyOnStage(host, { ...looked, stage, options: rest });
  }
  const container = containerCommand(host, engine, reference);
  try {
    await tryContainer(host, engine, container);
    const stage = containerStage(container, looked.stage);
    return await verifyOnStage(host, { ...looked, stage, options: rest });
  } finally {
    await container.clearUp();
  }
}

const BROKEN = {
  unavailable: new Map([
    ["cli.run", "the image is not started before its files are right"],
  ]),
  notStarted: [
    "nothing was started, the files of the image break the contract",
    "Checked: configuration and files; not checked: what was skipped",
  ],
};

/** What an engine cannot do for a case. */
const NOT_IN_CONTAINERS: ReadonlyMap<string, string> = new Map([
  ["sandbox.setup", "a container's files cannot be broken before it starts"],
  ["sandbox.env", "an engine changes the environment on the way"],
]);

function containerStage(
  { command, environment }: ContainerCommand,
  { notes = [] }: Stage,
): Stage {
  return {
    environment: {
      ...environment,
      SPEC_RUNNER_ENTRYPOINT: command.map(shellWord).join(" "),
    },
    capabilities: ["runner.process", "sandbox.user"],
    unavailable: NOT_IN_CONTAINERS,
    tellTrouble: tellEngineFailure,
    notes,
  };
}
