import { parseRecordedRun, recordedSteps } from '../../src/engine/recorded_run';
import { Refusal } from '../../src/errors/refusal';
import type { Run } from './run';
import { RECORDED } from './run_book';
import { RunRecord } from './run_record';
import { takesOf } from './take';

const FILE = 'recorded_run.json';

/** A run as it once was: what is shown where none has run here. */
export type Recording = Omit<Run, 'name'>;

/** @throws Refusal for a file that is not there, or that is not a recorded run. */
export async function loadRecording(modelsUrl: string): Promise<Recording> {
  const run = parseRecordedRun(await textOf(new URL(FILE, modelsUrl)), FILE);
  const { layers, experts, step } = run.metrics;
  const record = new RunRecord(step.length, experts);
  record.push(recordedSteps(run));
  return { id: RECORDED, since: 0, recipe: run.recipe, marks: [], record, takes: takesOf(run.snapshots, layers, experts) };
}

async function textOf(url: URL): Promise<string> {
  const missing = (got: string): Refusal => new Refusal('missing-file', { file: FILE, expected: 'a recorded run', got, fix: 'reload' });
  const response = await fetch(url).catch((error: unknown) => { throw missing(error instanceof Error ? error.message : String(error)); });
  if (!response.ok) throw missing(`the server answered ${String(response.status)}`);
  return response.text();
}
