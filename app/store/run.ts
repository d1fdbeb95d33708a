import { recordedAnswer, type RecordedSnapshot } from '../../src/engine/recorded_run';
import { type RunFile, stepsOfFile, writeRunFile } from '../../src/engine/run_file';
import type { RunId } from '../../src/engine/protocol';
import type { RunRecipe } from '../../src/engine/recipe';
import type { Mark } from './levers';
import { RunRecord } from './run_record';
import { type Take, takesOf } from './take';

/** Where a run went on, and of whom: by name, since that one may be gone. */
export interface Parent {
  readonly name: string;
  readonly step: number;
}

/** What a run is beside its numbers. */
export interface RunCard {
  readonly id: RunId;
  readonly name: string;
  readonly parent?: Parent;
  /** Milliseconds since 1970 when it began, or came. */
  readonly since: number;
  /** It was trained on a visitor's models or rows; told of runs of this tab. */
  readonly own?: boolean;
}

/** A run with all that can be shown of it: that of this tab, one that is over, one from a file, or the recorded one. */
export interface Run extends RunCard {
  readonly recipe: RunRecipe;
  readonly record: RunRecord;
  readonly takes: readonly Take[];
  readonly marks: readonly Mark[];
}

let made = 0;

export function newRunId(): RunId {
  made += 1;
  return `${Date.now().toString(36)}-${made.toString(36)}-${Math.floor(Math.random() * 2 ** 32).toString(36)}`;
}

/** The text of its file; undefined while nothing was reported. */
export function runText({ name, parent, recipe, record, takes, marks }: Run): string | undefined {
  const metrics = record.metrics();
  if (metrics === undefined) return undefined;
  const { layers, experts } = metrics;
  const file: RunFile = {
    name, recipe, metrics, pulled: marks, validation: record.validation.filter(({ step }) => step <= record.count), ...(parent === undefined ? {} : { parent }),
    tokensPerSecond: Array.from(record.series('tokensPerSecond').subarray(0, record.count)),
    snapshots: snapshotsOf(takes.filter(({ step }) => step <= record.count), layers * experts),
  };
  return writeRunFile(file);
}

export function runOfFile(file: RunFile, id: RunId, since = Date.now()): Run {
  const { name, recipe, parent, pulled, validation, metrics } = file;
  const record = new RunRecord(recipe.steps + recipe.warmupSteps, metrics.experts);
  record.push(stepsOfFile(file));
  record.validation = validation;
  return {
    id, since, name, recipe, record, marks: pulled, takes: takesOf(file.snapshots, metrics.layers, metrics.experts), ...(parent === undefined ? {} : { parent }),
  };
}

/** Answers by step; a token whose routing has another size than the run's is of no run. */
function snapshotsOf(takes: readonly Take[], size: number): readonly RecordedSnapshot[] {
  const steps = [...new Set(takes.map(({ step }) => step))].sort((a, b) => a - b);
  return steps.map((step) => ({
    step,
    answers: takes.filter((take) => take.step === step).map(({ prompt, tokens }) => recordedAnswer(prompt, tokens.filter(({ routing }) => routing === undefined || routing.shares.length === size))),
  }));
}
