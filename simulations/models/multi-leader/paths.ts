import type { Config } from './messages.ts';

/** To whom a region sends what it has. */
export function receiversOf({ regions, topology }: Config, self: string): readonly string[] {
  const at = regions.indexOf(self);
  if (topology === 'ring') return [regions[(at + 1) % regions.length]!];
  if (topology === 'star' && at > 0) return [regions[0]!];
  return regions.filter((region) => region !== self);
}

/** Whether a region passes on what it got from others. In a mesh each sends its own writes only. */
export function forwards({ topology }: Config): boolean {
  return topology !== 'mesh';
}
