import { expect, test } from 'vitest';
import { stripSvg } from './strip_picture';

test('a picture has the lines, names and words of its strip, gaps left open, and nothing that is markup', () => {
  const svg = stripSvg({
    window: { from: 0, to: 4 }, caption: 'Run <1> & "2"', tick: String, colour: (property) => `rgb(${property})`,
    strips: [{
      title: 'Language loss still falling', note: 'nats', height: 100, scale: { min: 0, max: 2, ticks: [0, 1, 2] },
      rows: [1, 2, 3, 4, 9].map((step) => ({ step, raw: 0.5, values: [step === 2 ? null : step / 4] })),
      lines: [{ name: 'front', colour: '--ink', width: 2 }], ends: [{ key: 'a', name: 'Run 1', tile: 'Run 1', step: 4, value: 2 }], pluses: [{ step: 2, value: 1 }],
    }],
  });
  expect(svg).toContain('Run &lt;1&gt; &amp; &quot;2&quot;');
  // 190 + 560 · step / 4; the second point is missing, the fifth is outside.
  expect(svg).toContain('d="M330 99M610 49L750 24"');
  expect(svg).toContain('stroke="rgb(--ink)" stroke-width="2"');
  expect(svg).toContain('>Run 1</text>');
  expect(svg.match(/<text[^>]*font-weight="600"/g)).toHaveLength(2);
});
