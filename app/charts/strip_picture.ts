import { endedTicksWithin, fraction, placeOn, pushApart } from './scale';
import { contains, place, type StepWindow } from './step_window';
import type { LineEnd, StripFigure } from './strip_row';

/** One strip as it stands, for a picture of its own. */
export interface PicturedStrip extends StripFigure {
  readonly note: string;
  readonly height: number;
}

export interface Picture {
  readonly strips: readonly PicturedStrip[];
  readonly window: StepWindow;
  /** What is shown: run, state, program. */
  readonly caption: string;
  readonly tick: (value: number) => string;
  /** Of a custom property of the theme, as CSS writes colours. */
  readonly colour: (property: string) => string;
}

/** Px: words at the left, plot, names at the right. */
const WORDS = 190;
const PLOT = 560;
const NAMES = 130;
export const PICTURE_WIDTH = WORDS + PLOT + NAMES;
const PAD = 24;
const FONT = "'Atkinson Hyperlegible Next Variable', 'Atkinson Hyperlegible Next', system-ui, sans-serif";

/** The strips below one another on their step axis, as an SVG file that stands alone. */
export function stripSvg({ strips, window, caption, tick, colour }: Picture): string {
  const parts: string[] = [];
  let top = PAD;
  for (const strip of strips) {
    parts.push(stripParts(strip, top, window, tick, colour));
    top += strip.height + PAD + 10;
  }
  const axis = endedTicksWithin(window.from, window.to)
    .map((step) => text(WORDS + PLOT * place(window, step), top, String(step), { size: 12, fill: colour('--ink-3'), anchor: 'middle' })).join('');
  const height = top + 34;
  parts.push(axis, text(WORDS, top + 22, caption, { size: 12, fill: colour('--ink-2') }));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${String(PICTURE_WIDTH)}" height="${String(height)}" viewBox="0 0 ${String(PICTURE_WIDTH)} ${String(height)}" font-family="${escaped(FONT)}">`
    + `<title>${escaped(strips.map(({ title }) => title).join('; '))}</title><rect width="100%" height="100%" fill="${escaped(colour('--ground'))}"/>${parts.join('\n')}</svg>\n`;
}

function stripParts({ title, note, height, rows, scale, lines, ends, pluses }: PicturedStrip, top: number, window: StepWindow, tick: Picture['tick'], colour: Picture['colour']): string {
  const x = (step: number): number => round(WORDS + PLOT * place(window, step));
  const y = (at: number): number => round(top + height * (1 - at));
  const inside = rows.filter(({ step }) => contains(window, step));
  const grid = scale.ticks.map((value, i) => {
    const at = y(fraction(scale, value));
    return `<path d="M${String(WORDS)} ${String(at)}h${String(PLOT)}" stroke="${escaped(colour('--quiet'))}"${i === 0 ? '' : ' stroke-dasharray="1 3"'}/>`
      + text(WORDS - 8, at + 4, tick(value), { size: 12, fill: colour('--ink-3'), anchor: 'end' });
  });
  const line = (values: readonly (number | null)[], stroke: string, width: number, dash?: string): string =>
    `<path d="${path(inside.map(({ step }, i) => ({ x: x(step), at: values[i] ?? null })), y)}" fill="none" stroke="${escaped(stroke)}" stroke-width="${String(width)}"${dash === undefined ? '' : ` stroke-dasharray="${escaped(dash)}"`}/>`;
  // Those that end together are pushed apart.
  const topOf = ({ key, step }: LineEnd): number => {
    const together = ends.filter((other) => other.step === step);
    const tops = pushApart(together.map(({ value }) => height * (1 - fraction(scale, value))), 15, height);
    return tops[together.findIndex((other) => other.key === key)] ?? 0;
  };
  return [
    wrapped(title).map((words, i) => text(16, top + 14 + 18 * i, words, { size: 15, fill: colour('--ink'), weight: 600 })).join(''),
    wrapped(note, 22).map((words, i) => text(16, top + 14 + 18 * wrapped(title).length + 16 * i, words, { size: 12, fill: colour('--ink-2') })).join(''),
    ...grid,
    line(inside.map(({ raw }) => raw), colour('--quiet'), 1),
    ...lines.map(({ colour: property, width, dash }, i) => line(inside.map(({ values }) => values[i] ?? null), colour(property), width, dash)).reverse(),
    ...pluses.filter(({ step }) => contains(window, step)).map(({ step, value }) => `<path d="M${String(x(step) - 4)} ${String(y(placeOn(scale, value)))}h8m-4 -4v8" stroke="${escaped(colour('--ink'))}" stroke-width="1.5"/>`),
    ...ends.map((end) => ({ ...end, top: topOf(end) })).map(({ name, expert, quiet, step, top: below }) => text(x(step) + 8, top + below + 4, name, { size: 13, fill: colour(quiet === true ? '--ink-3' : expert === undefined ? '--ink' : `--${expert}-text`) })),
  ].join('\n');
}

/** A new beginning after every gap. */
function path(points: readonly { readonly x: number; readonly at: number | null }[], y: (at: number) => number): string {
  let drawing = false;
  return points.map(({ x, at }) => {
    const command = at === null ? '' : `${drawing ? 'L' : 'M'}${String(x)} ${String(y(Math.max(0, Math.min(1, at))))}`;
    drawing = at !== null;
    return command;
  }).join('');
}

interface Words {
  readonly size: number;
  readonly fill: string;
  readonly weight?: number;
  readonly anchor?: 'middle' | 'end';
}

function text(x: number, y: number, words: string, { size, fill, weight, anchor }: Words): string {
  const more = `${weight === undefined ? '' : ` font-weight="${String(weight)}"`}${anchor === undefined ? '' : ` text-anchor="${anchor}"`}`;
  return `<text x="${String(round(x))}" y="${String(round(y))}" font-size="${String(size)}" fill="${escaped(fill)}"${more}>${escaped(words)}</text>`;
}

/** Lines of at most so many characters, broken between words. */
function wrapped(words: string, most = 17): readonly string[] {
  return words.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > most) return [...lines, word];
    return [...lines.slice(0, -1), `${last} ${word}`];
  }, []);
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function round(px: number): number {
  return Math.round(100 * px) / 100;
}
