import { Refusal } from '../errors/refusal';
import type { Suite } from '../eval/suite';
import { joinSuites, limitSuite, parseSuiteFile, SUITE_FILES } from '../eval/suite_files';
import type { EvaluationSplit } from './evaluation';
import type { Site } from './site';

/** The embedded suites, each read when it is asked for first. */
export class Suites {
  private readonly known = new Map<EvaluationSplit, Suite>();

  constructor(private readonly site: Site) {}

  /**
   * @param limit the first items of each list
   * @throws Refusal naming the file that is missing or wrong, 'bad-option' for a limit that is no count
   */
  async read(split: EvaluationSplit, limit?: number): Promise<Suite> {
    if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1)) {
      throw new Refusal('bad-option', {
        file: 'the evaluation', field: 'limit', expected: 'a whole number above 0', got: String(limit), fix: 'change it, or measure all rows',
      });
    }
    const suite = this.known.get(split) ?? await this.load(split);
    this.known.set(split, suite);
    return limit === undefined ? suite : limitSuite(suite, limit);
  }

  private async load(split: EvaluationSplit): Promise<Suite> {
    const parts: Suite[] = [];
    for (const name of SUITE_FILES) {
      const file = `suite/${split}/${name}`;
      // Its prompts carry the form of the embedded datasets: no template is put around them, as `h3 eval` has it.
      parts.push(parseSuiteFile(await this.site(file), file, 'plain').suite);
    }
    return joinSuites(parts);
  }
}
