import { LEVERS, type Levers } from '../../src/engine/protocol';
import type { RunRecipe } from '../../src/engine/recipe';
import { dismiss, engine, errorOf, show } from './connection';
import { isTraining, useStudio } from './studio';

/** A lever was pulled after this step: a line on every curve. */
export interface Mark {
  readonly step: number;
  readonly field: keyof Levers;
  readonly from: number;
  readonly to: number;
}

/** Of a recipe those numbers that can be changed while it runs. */
export function leversOf({ gateWeight, drift, learningRate }: RunRecipe): Levers {
  return { gateWeight, drift, learningRate };
}

/** Changes one number of the run under way, from its next step on. */
export async function pullLever(field: keyof Levers, value: number): Promise<void> {
  const client = engine();
  if (client === undefined || !isTraining(useStudio.getState())) return;
  dismiss('run');
  try {
    const { step, levers } = await client.pull({ [field]: value });
    useStudio.setState(({ levers: before, marks }) => {
      const pulled = LEVERS.filter((lever) => before !== undefined && before[lever] !== levers[lever])
        .map((lever): Mark => ({ step, field: lever, from: before?.[lever] ?? levers[lever], to: levers[lever] }));
      return { levers, marks: joined(marks, pulled) };
    });
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
