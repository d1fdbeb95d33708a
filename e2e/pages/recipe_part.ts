import type { Locator, Page } from 'playwright/test';
import type { Screen } from '../../app/shell/screens';
import { strings } from '../../app/strings';
import type { BreakName, PresetName, RecipeNumber } from '../../src/engine/recipe';

const { fields } = strings.recipe;
type Choice = 'routerInit' | 'gateLoss' | 'train' | 'routing' | 'fault';

/** The recipe and its button. */
export class RecipePart {
  readonly fuse: Locator;
  /** Unfolds what is seldom touched. */
  readonly more: Locator;

  constructor(private readonly page: Page, private readonly show: (screen: Screen) => Promise<void>) {
    this.fuse = page.getByRole('button', { name: new RegExp(`^(${strings.recipe.fuse}|${strings.recipe.again})$`) });
    this.more = page.locator('summary', { hasText: strings.recipe.more });
  }

  /** A weight has its symbol before its name. */
  number(field: RecipeNumber): Locator {
    return this.page.getByRole('textbox', { name: new RegExp(`^(. )?${fields[field]}$`) });
  }

  choice(field: Choice, name: string): Locator {
    return this.page.getByRole('group', { name: fields[field], exact: true }).getByRole('radio', { name, exact: true });
  }

  preset(name: PresetName): Locator {
    return this.page.getByRole('radio', { name: strings.recipe.presets[name].note });
  }

  /** A recipe that goes wrong. */
  broken(name: BreakName): Locator {
    return this.page.getByRole('button', { name: strings.own.breaks.names[name], exact: true });
  }

  /** Types numbers and picks options; settings that stand apart are unfolded. */
  async set(numbers: Partial<Record<RecipeNumber, string>>, choices: Partial<Record<Choice, string>> = {}): Promise<void> {
    await this.show('fuse');
    if (!(await this.number('batch').isVisible())) await this.more.click();
    for (const [field, value] of Object.entries(numbers)) await this.number(field as RecipeNumber).fill(value);
    for (const [field, name] of Object.entries(choices)) await this.choice(field as Choice, name).check();
  }

  /** Few and small steps from a random router, so that nothing has to be fitted first. */
  async setSmall(steps: number): Promise<void> {
    await this.set({ steps: String(steps), warmupSteps: '0', batch: '4' }, { routerInit: strings.recipe.routerInit.random });
  }
}
