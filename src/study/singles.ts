import type { HostModel } from '../fusion/assemble';
import type { Contender } from './contender';
import type { Study } from './study';

/** The models as they are: the base, and each aligned one. */
export function singles({ data: { base, aligned } }: Study): readonly Contender[] {
  return [single('base', base), ...aligned.map((model) => single(model.name, model))];
}

function single(id: string, model: HostModel): Contender {
  return {
    id, name: id, kind: 'single', paper: '',
    estimate: (study) => study.size('validation') + study.size('test'),
    run: (study) => study.unit(`single ${id}`, {}, async () => {
      const store = study.storeOf(model);
      try {
        await study.gpu.ready();
        const answerer = study.answerer(id, store);
        const validation = await study.score(answerer, 'validation');
        return { id, name: id, kind: 'single', settings: {}, validation, tried: 1, ...await study.score(answerer, 'test') };
      } finally {
        store.dispose();
      }
    }),
  };
}
