/** One verification: the contract's cases and the image's own, on a stage. */

import type { Host } from "../../host/host.ts";
import type { CaseResult } from "../case.ts";
import type { Reporter } from "../report/reporter.ts";
import { runSuite } from "../run_suite.ts";
import type { SuiteDocument } from "../suite.ts";
import type { HarnessType } from "../types/harness_type.ts";
import { type ImageSource, ociImageType } from "../types/oci_image.ts";
import { BUILT_IN_TYPES } from "../types/registry.ts";
import { CLAUSES } from "./clauses.ts";
import { judgeClauses, renderClauses } from "./coverage.ts";
import type { ImageFacts } from "./image_facts.ts";
import { platformDocuments } from "./platform_cases.ts";
import type { Stage } from "./stage.ts";
import type { VerifyOptions, VerifySummary } from "./verification.ts";

/** What is verified, and how. */
export interface Verification {
  readonly facts: ImageFacts;
  readonly stage: Stage;
  readonly options: VerifyOptions;
  /** The contract's documents. Default: all of them. */
  readonly documents?: readonly SuiteDocument[];
}

/** Runs the cases and judges the clauses. */
export async function verifyOnStage(
  host: Host,
  { facts, stage, options, documents = platformDocuments() }: Verification,
): Promise<VerifySummary> {
  const { specs = [], reporters, ...rest } = options;
  const results: CaseResult[] = [];
  const collector: Reporter = {
    case: (result) => void results.push(result),
    end: () => {},
  };
  const suite = await runSuite({
    ...rest,
    paths: specs,
    documents,
    environment: stage.environment,
    types: verifyTypes(facts.source, stage),
    capabilities: [...stage.capabilities, ...facts.capabilities],
    unavailable: new Map([...facts.unavailable, ...stage.unavailable ?? []]),
    program: "image",
    clauses: new Set(CLAUSES.map(({ id }) => id)),
    reporters: [collector, ...reporters],
    notes: () => verifyNotes(results, stage, isWhole(rest)),
  }, host);
  const clauses = judgeClauses(results);
  return { suite, clauses, notStarted: stage.notStarted };
}

/** What leaves cases out. */
const LEAVES_OUT = [
  "caseTypes",
  "documentNames",
  "excludeTags",
  "filter",
  "lastFailed",
  "tags",
] as const satisfies readonly (keyof VerifyOptions)[];

/** Whether no case was left out on purpose. */
function isWhole(options: Partial<VerifyOptions>): boolean {
  return LEAVES_OUT.every((key) => options[key] === undefined);
}

/** Of a part the clauses say nothing: most cases were not asked for. */
function verifyNotes(
  results: readonly CaseResult[],
  { notes = [], notStarted = [] }: Stage,
  hasAll: boolean,
): readonly string[] {
  const [why, ...more] = notStarted;
  return [
    ...(hasAll ? [...renderClauses(judgeClauses(results)), ...notes] : []),
    ...(why === undefined ? [] : [`INCOMPLETE: ${why}`]),
    ...more.map((line) => `  ${line}`),
  ];
}

function verifyTypes(
  source: ImageSource,
  { tellTrouble = (error) => error }: Stage,
): ReadonlyMap<string, HarnessType> {
  const types = [...BUILT_IN_TYPES.values(), ociImageType(source)]
    .map((type) => telling(type, tellTrouble));
  return new Map(types.map((type) => [type.name, type]));
}

type Trouble = NonNullable<Stage["tellTrouble"]>;

/** A stage that fails must not look like an image that disagrees. */
function telling(type: HarnessType, tellTrouble: Trouble): HarnessType {
  return {
    ...type,
    compile(raw, context) {
      const runnable = type.compile(raw, context);
      return {
        ...runnable,
        async run(...args) {
          try {
            await runnable.run(...args);
          } catch (error) {
            throw tellTrouble(error);
          }
        },
      };
    },
  };
}
