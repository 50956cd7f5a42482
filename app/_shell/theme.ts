/** The themes a reader can choose. `system` follows the device, and is the default. */
export const themes = ['light', 'dark', 'system'] as const;
export type Theme = (typeof themes)[number];

const storageKey = 'faultline.theme';
const listeners = new Set<() => void>();
let chosen: Theme | undefined;

/** Runs in <head>, before the first paint: a page in the wrong theme must not flash. Storage may be forbidden. */
export const themeScript = `try{var t=localStorage.getItem('${storageKey}');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch(e){}`;

/** The chosen theme. Where storage is forbidden the choice holds until the page is left. */
export function readTheme(): Theme {
  chosen ??= parse(stored());
  return chosen;
}

/** Chooses a theme, applies it to the document and keeps it. */
export function writeTheme(theme: Theme): void {
  try {
    localStorage.setItem(storageKey, theme);
  } catch {
    // Private windows may forbid storage: the theme still changes, for this page.
  }
  adopt(theme);
}

/** Calls back when the theme changes, here or in another tab. Returns the function that stops it. */
export function subscribeToTheme(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('storage', followOtherTab);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) removeEventListener('storage', followOtherTab);
  };
}

function followOtherTab(event: StorageEvent): void {
  if (event.key === storageKey || event.key === null) adopt(parse(event.newValue));
}

function adopt(theme: Theme): void {
  chosen = theme;
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const listener of listeners) listener();
}

function stored(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function parse(value: string | null): Theme {
  return themes.find((theme) => theme === value) ?? 'system';
}
