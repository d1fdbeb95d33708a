/** Numbers as the studio writes them: a true minus, thousands with a comma, units apart. */
const MINUS = '\u2212';
/** Made once: making it costs more than a hundred numbers. */
const THOUSANDS = new Intl.NumberFormat('en-US');

function minus(text: string): string {
  return text.replace('-', MINUS);
}

/** Fixed decimals, e.g. 1.32; no minus before what rounds to 0; a dash where there is no number. */
export function fixed(value: number, digits: number): string {
  return Number.isFinite(value) ? minus(value.toFixed(digits).replace(/^-(?=[0.]+$)/, '')) : '–';
}

/** Three significant digits, e.g. 0.0123, 1.23, 123. */
export function significant(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  if (magnitude < 1e-3 || magnitude >= 1e6) return minus(value.toExponential(1).replace('e+', 'e'));
  return minus(value.toFixed(Math.max(0, Math.min(4, 2 - Math.floor(Math.log10(magnitude))))));
}

export function integer(value: number): string {
  return Number.isFinite(value) ? minus(THOUSANDS.format(Math.round(value))) : '–';
}

/** 0.52 M, 7.20 B: as people name models. */
export function parameters(count: number): string {
  const [value, unit] = count >= 1e9 ? [count / 1e9, ' B'] : count >= 1e5 ? [count / 1e6, ' M'] : count >= 1e4 ? [count / 1e3, ' k'] : [count, ''];
  return `${value.toFixed(unit === '' || value >= 100 ? 0 : value >= 10 ? 1 : 2)}${unit}`;
}

/** Of memory: 3.4 MB, 212 MB, 1,024 MB; a MB is 2²⁰ bytes. */
export function megabytes(bytes: number): string {
  const value = bytes / 2 ** 20;
  return `${value < 10 ? fixed(value, 1) : integer(value)} MB`;
}

/** A round number on an axis: 0.5, 1, 20, 3e-5. */
export function tick(value: number): string {
  const magnitude = Math.abs(value);
  return minus(value === 0 || (magnitude >= 1e-3 && magnitude < 1e5) ? String(value) : value.toExponential().replace('e+', 'e'));
}

/** As one would type it: 5e-4, 0.01, 400. */
export function setting(value: number): string {
  if (value !== 0 && Math.abs(value) < 1e-3) return value.toExponential().replace('e+', 'e');
  return String(value);
}

/** 9 s, 2 min 05 s, 1 h 02 min. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${String(whole)} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${String(minutes)} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60).padStart(2, '0')} min`;
}
