import { LEVERS, type Levers } from '../../src/engine/protocol';
import type { Pulled } from '../../src/engine/run_file';
import type { RunRecipe } from '../../src/engine/recipe';
import { dismiss, engine, errorOf, show } from './connection';
import { useInspect } from './inspect';
import { isTraining, useStudio } from './studio';

/** A lever was pulled after this step: a line on every curve. */
export type Mark = Pulled;

/** Of a recipe those numbers that can be changed while it runs. */
export function leversOf({ gateWeight, drift, learningRate, topK }: RunRecipe): Levers {
  return { gateWeight, drift, learningRate, topK };
}

/** How the levers of a run stood after a step. Its recipe says how they stood at its start, or where it was forked. */
export function leversAt({ recipe, marks }: { readonly recipe: RunRecipe; readonly marks: readonly Mark[] }, step: number): Levers {
  return LEVERS.reduce<Levers>((levers, field) => {
    const mine = marks.filter((mark) => mark.field === field);
    const last = mine.findLast((mark) => mark.step <= step);
    return { ...levers, [field]: last?.to ?? mine[0]?.from ?? recipe[field] };
  }, leversOf(recipe));
}

/** Changes one number of the run under way, from its next step on. */
export async function pullLever(field: keyof Levers, value: number): Promise<void> {
  const client = engine();
  if (client === undefined || !isTraining(useStudio.getState())) return;
  dismiss('run');
  try {
    const { step, levers } = await client.pull({ [field]: value });
    const routed = useStudio.getState().levers?.topK !== levers.topK;
    useStudio.setState(({ levers: before, marks, takes }) => {
      const pulled = LEVERS.filter((lever) => before !== undefined && before[lever] !== levers[lever])
        .map((lever): Mark => ({ step, field: lever, from: before?.[lever] ?? levers[lever], to: levers[lever] }));
      // Of the same weights the next answer may be another one.
      return { levers, marks: joined(marks, pulled), takes: routed ? takes.filter((take) => take.step !== step) : takes };
    });
    if (routed) useInspect.setState({ alone: undefined });
  } catch (failure) {
    show('run', errorOf(failure));
  }
}

/** A slider passes over many values: at one step only the first and the last of them are told. */
function joined(marks: readonly Mark[], pulled: readonly Mark[]): readonly Mark[] {
  return pulled.reduce((all, mark) => {
    const same = all.find(({ step, field }) => step === mark.step && field === mark.field);
    const others = all.filter((other) => other !== same);
    const from = same?.from ?? mark.from;
    return from === mark.to ? others : [...others, { ...mark, from }];
  }, marks);
}
