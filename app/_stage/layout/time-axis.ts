/** A number with commas between thousands; no trailing zeros. The engine has its own: this one is for pages that do not load it, too. */
export function formatCount(value: number): string {
  const [whole = '', part] = String(value).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return part === undefined ? grouped : `${grouped}.${part}`;
}

/** An instant in milliseconds, as in `661.4`: tenths below ten seconds. */
export function formatMs(us: number): string {
  const [whole = '', part = ''] = (us / 1000).toFixed(1).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${part}`;
}

/** An instant in milliseconds without a useless fraction: `505`, `661.4`. */
export function formatMsShort(us: number): string {
  return formatMs(us).replace(/\.0$/, '');
}
