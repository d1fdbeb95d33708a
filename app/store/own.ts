import { create } from 'zustand';
import { ALIGN_RECIPES, type AlignRecipe } from '../../src/engine/align_recipe';
import { EXPERTS, type Alignment, type ExpertId, type FusionMemory, type ModelCard, type OwnFile, type OwnFolder, type Restored, type RunStatus, type SourceModel } from '../../src/engine/protocol';
import { dismiss, engine, errorOf, show } from './connection';
import { forgetSources } from './forget';
import { RunRecord } from './run_record';
import { useStudio } from './studio';

/** An alignment on its way, or the last one. */
export interface Aligning {
  readonly expert: ExpertId;
  readonly status: RunStatus;
  readonly record: RunRecord;
  /** Absent while it is on its way and where it was stopped. */
  readonly result?: Alignment;
}

/** A visitor's own models and rows, what is aligned from them, and what a fusion would take. */
export interface OwnState {
  /** Folders that were chosen and are not opened yet. */
  readonly chosen: Readonly<Partial<Record<SourceModel, OwnFolder>>>;
  readonly opening: boolean;
  readonly aligning: Aligning | undefined;
  readonly alignRecipes: Readonly<Record<ExpertId, AlignRecipe>>;
  /** Names of the files that were saved last. */
  readonly saved: readonly string[];
  readonly memory: FusionMemory | undefined;
}

export const useOwn = create<OwnState>(() => ({
  chosen: {}, opening: false, aligning: undefined, alignRecipes: ALIGN_RECIPES, saved: [], memory: undefined,
}));

/** Not as the site has it: a visitor's model or rows, or an alignment's result. */
export function isOwn({ origin, ownRows }: ModelCard): boolean {
  return origin !== 'embedded' || ownRows !== undefined;
}

export function isAligning({ aligning }: OwnState): boolean {
  return aligning !== undefined && (aligning.status.phase === 'preparing' || aligning.status.phase === 'running');
}

/** As far as is known. */
export function memoryFits({ memory }: OwnState): boolean {
  return memory === undefined || memory.largest.bytes <= memory.limit;
}

const ALL: readonly SourceModel[] = ['base', ...EXPERTS];
let stop = new AbortController();

export function chooseFolders(folders: OwnState['chosen']): void {
  useOwn.setState(({ chosen }) => ({ chosen: { ...chosen, ...folders } }));
}

export function forgetChosen(): void {
  dismiss('own');
  useOwn.setState({ chosen: {} });
}

/** All that was chosen, or nothing: what is loaded stays where one of them does not fit. */
export async function openChosen(): Promise<void> {
  const { chosen } = useOwn.getState();
  await change(async () => {
    await engine()?.openFolders(chosen);
    const models = Object.keys(chosen) as SourceModel[];
    useOwn.setState({ chosen: {} });
    forgetAligned(models);
    forgetSources(models);
  });
}

export async function openRows(expert: ExpertId, file: OwnFile): Promise<void> {
  await change(async () => { await engine()?.openRows(expert, file); });
}

export async function restore(what: Restored): Promise<void> {
  await change(async () => {
    await engine()?.restore(what);
    const models = what === 'everything' ? ALL : 'model' in what ? [what.model] : [];
    forgetAligned(models);
    forgetSources(models);
  });
}

/** What was said of an alignment was said of a model that is replaced. */
function forgetAligned(models: readonly SourceModel[]): void {
  useOwn.setState(({ aligning, saved }) => ({
    saved: models.length === 0 ? saved : [], aligning: aligning !== undefined && models.includes(aligning.expert) ? undefined : aligning,
  }));
}

/** One at a time; while it is under way the last error is not shown. */
async function change(work: () => Promise<void>): Promise<void> {
  dismiss('own');
  useOwn.setState({ opening: true });
  try {
    await work();
  } catch (failure) {
    show('own', errorOf(failure));
  } finally {
    useOwn.setState({ opening: false });
  }
}

export function editAlignment(expert: ExpertId, edit: Partial<AlignRecipe>): void {
  useOwn.setState(({ alignRecipes }) => ({ alignRecipes: { ...alignRecipes, [expert]: { ...alignRecipes[expert], ...edit } } }));
}

export async function align(expert: ExpertId): Promise<void> {
  const client = engine();
  const { alignRecipes: { [expert]: recipe } } = useOwn.getState();
  if (client === undefined || isAligning(useOwn.getState())) return;
  stop = new AbortController();
  dismiss('own');
  const before = useOwn.getState().aligning;
  const record = new RunRecord(recipe.steps, 0);
  const update = (status: RunStatus, result?: Alignment): void => {
    useOwn.setState({ aligning: { expert, status, record, ...(result === undefined ? {} : { result }) } });
  };
  update({ phase: 'preparing', step: 0, totalSteps: recipe.steps });
  try {
    const result = await client.align(expert, recipe, ({ status, points }) => {
      record.push(points);
      // It has ended when the model stands in its place, a little after its last step.
      update(status.phase === 'finished' || status.phase === 'stopped' ? { ...status, phase: 'running' } : status);
    }, stop.signal);
    const { status } = useOwn.getState().aligning ?? { status: { step: 0, totalSteps: recipe.steps } };
    update({ ...status, phase: result === undefined ? 'stopped' : 'finished' }, result);
    if (result !== undefined) forgetSources([expert]);
  } catch (failure) {
    useOwn.setState({ aligning: record.count > 0 ? { expert, record, status: { phase: 'failed', step: record.count, totalSteps: recipe.steps } } : before });
    show('own', errorOf(failure));
  }
}

export function stopAligning(): void {
  stop.abort();
}

/** @param hand takes each file, e.g. to be saved */
export async function save(model: SourceModel, hand: (name: string, bytes: Uint8Array<ArrayBuffer>) => void): Promise<void> {
  dismiss('own');
  try {
    const files = await engine()?.save(model) ?? [];
    for (const { name, bytes } of files) hand(name, bytes);
    useOwn.setState({ saved: files.map(({ name }) => name) });
  } catch (failure) {
    show('own', errorOf(failure));
  }
}

/** What the recipe of now would allocate; what cannot be told (rows that cannot be read, a recipe out of range) is said by the run. */
export async function estimate(): Promise<void> {
  const { recipe } = useStudio.getState();
  try {
    const memory = await engine()?.estimate(recipe);
    if (useStudio.getState().recipe === recipe) useOwn.setState({ memory });
  } catch {
    useOwn.setState({ memory: undefined });
  }
}
