export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'h3fusion.theme';

export function savedTheme(): Theme {
  const saved = read();
  return THEMES.find((theme) => theme === saved) ?? 'system';
}

/** `light-dark()` follows the root's colour scheme; without a mark it follows the system. */
export function showTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  write(theme);
}

// Storage may be blocked: the theme then lasts as long as the page.
function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function write(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    return;
  }
}
