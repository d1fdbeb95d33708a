import { writeModel } from '../formats/model_files';
import type { Gpu } from '../gpu/gpu';
import { planLength } from '../model/batch';
import { policyOf } from '../fusion/recipe';
import { trainingRecipe } from '../train/fusion_run';
import { estimateMemory, largestBuffer, requireFits } from '../train/memory';
import type { MemoryEstimate } from '../train/memory_estimate';
import { checkAlignRecipe, type AlignRecipe } from './align_recipe';
import { align } from './aligner';
import type { Busy } from './busy';
import type { Embedded } from './embedded';
import { embeddedMaterial, withAligned, withFolders, withoutRows, withPutBack, withRows, type Material } from './material';
import { alignmentRows, runRows, type RunRows } from './material_rows';
import { type Command, type Event, EXPERTS, type ExpertId, type RequestId, type Restored, type SourceModel } from './protocol';
import { checkRecipe, fusionRecipe, type RowFault, type RunRecipe } from './recipe';
import type { Site } from './site';
import { Turns } from './turns';

export interface WorkshopParts {
  readonly site: Site;
  readonly gpu: Gpu;
  readonly turns: Turns;
  readonly emit: (event: Event) => void;
  /** ms, see Trainer. */
  readonly sliceBudget: number;
  /** Brings everything that answers to the new material; without its fused model where that is of other models. */
  readonly take: (material: Material, fusedStays: boolean) => Promise<void>;
  readonly busy: Busy;
}

type OwnCommand = Extract<Command, { readonly type: 'openFolders' | 'openRows' | 'restore' | 'save' | 'estimate' }>;

/** What the models and rows are, and what is done to them before they are fused. A refused command changes nothing. */
export class Workshop {
  material: Material;
  /** Plan length of the rows of this material, once they were read. */
  private readonly longest = new Map<RowFault, number>();
  /** Each begins with what the one before it left. */
  private readonly changes = new Turns();

  constructor(private readonly embedded: Embedded, private readonly parts: WorkshopParts) {
    this.material = embeddedMaterial(embedded);
  }

  async handle(command: OwnCommand): Promise<void> {
    const { id } = command;
    switch (command.type) {
      case 'openFolders': return this.replace(id, () => withFolders(this.material, command.folders), false);
      case 'openRows': return this.replace(id, () => withRows(this.material, command.expert, command.file), true);
      case 'restore': return this.replace(id, () => Promise.resolve(this.restored(command.what)), command.what !== 'everything' || !this.hasFolders());
      case 'save': return this.save(id, command.model);
      case 'estimate': return this.estimate(id, command.recipe);
      default: return command satisfies never;
    }
  }

  /** Rows of all experts as tokens, read anew. */
  async runRows({ fault }: Pick<RunRecipe, 'fault'>, progress: (done: number, total: number) => void = () => undefined): Promise<RunRows> {
    const { material } = this;
    const rows = await runRows(this.parts.site, material, fault, progress);
    if (material === this.material) this.longest.set(fault, planLength(rows.train));
    return rows;
  }

  /** Answers with 'aligned', or with 'done' where it was cancelled. */
  async align(id: RequestId, expert: ExpertId, recipe: AlignRecipe, signal: AbortSignal): Promise<void> {
    const { site, gpu, turns, emit, sliceBudget } = this.parts;
    const { material } = this;
    checkAlignRecipe(recipe);
    const { rows, heldOut } = await alignmentRows(site, material, expert);
    const events = {
      metrics: (points: Extract<Event, { type: 'aligning' }>['points']) => { emit({ type: 'aligning', id, status: last, points }); },
      status: (status: typeof last) => {
        last = status;
        emit({ type: 'aligning', id, status, points: [] });
      },
    };
    let last: Extract<Event, { type: 'aligning' }>['status'] = { phase: 'preparing', step: 0, totalSteps: recipe.steps };
    const aligned = await align(gpu, { base: material.models.base, rows, heldOut, recipe }, { turns, events, signal, sliceBudget });
    if (aligned === undefined) {
      emit({ type: 'done', id, reason: 'cancelled' });
      return;
    }
    await this.take(withAligned(material, expert, aligned.host), true);
    emit({ type: 'aligned', id, result: aligned.result });
  }

  /** What a fusion of the loaded models by this recipe would allocate. @throws Refusal for a recipe that is out of range */
  async memory(recipe: RunRecipe): Promise<MemoryEstimate> {
    const { config: dense } = this.material.models.base;
    const full = fusionRecipe(checkRecipe(recipe), EXPERTS.length, dense.context);
    const config = { ...dense, experts: EXPERTS.length, topK: full.topK, routing: full.routing };
    const plan = { config, policy: policyOf(full), recipe: trainingRecipe(full), longest: this.longest.get(recipe.fault) ?? planLength((await this.runRows(recipe)).train), datasets: EXPERTS.length };
    return estimateMemory(this.parts.gpu.adapter, plan);
  }

  /** @throws Refusal 'out-of-memory' before anything is allocated */
  async requireRoom(recipe: RunRecipe): Promise<void> {
    requireFits(await this.memory(recipe), this.parts.gpu.device.limits);
  }

  private async estimate(id: RequestId, recipe: RunRecipe): Promise<void> {
    const { gpu, emit } = this.parts;
    const memory = await this.memory(recipe);
    emit({ type: 'estimated', id, memory: { ...memory, limit: largestBuffer(gpu.device.limits), inUse: gpu.ledger.bytes } });
  }

  private async replace(id: RequestId, make: () => Promise<Material>, fusedStays: boolean): Promise<void> {
    const { busy, emit } = this.parts;
    busy.requireQuiet();
    await this.changes.run(async () => {
      const material = await make();
      // Files take a while to read.
      busy.requireQuiet();
      await this.take(material, fusedStays);
    });
    emit({ type: 'done', id, reason: 'end' });
  }

  /** Waits for its turn; what began meanwhile would still be of the models before. */
  private take(material: Material, fusedStays: boolean): Promise<void> {
    return this.parts.busy.change(async () => {
      await this.parts.take(material, fusedStays);
      this.material = material;
      this.longest.clear();
    });
  }

  private restored(what: Restored): Material {
    if (what === 'everything') return embeddedMaterial(this.embedded);
    return 'rows' in what ? withoutRows(this.material, what.rows) : withPutBack(this.material, what.model);
  }

  private hasFolders(): boolean {
    return Object.values(this.material.origins).includes('files');
  }

  private save(id: RequestId, model: SourceModel): Promise<void> {
    const { config, weights } = this.material.models[model];
    const files = writeModel(config, weights, { facts: { made: this.material.origins[model] } });
    this.parts.emit({ type: 'saved', id, files: [...files].map(([name, bytes]) => ({ name, bytes })) });
    return Promise.resolve();
  }
}
