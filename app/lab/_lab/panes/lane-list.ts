import { type LaneView, lanesOf, PLAIN_LANES, type Run } from '../../../../simulations/index.ts';

/** The ids of a run's hosts in the order in which a view shows them, hidden ones in their place. */
export function orderOf(run: Run, view: LaneView): readonly string[] {
  const { hosts } = run.topology;
  const { lanes } = lanesOf(run, 'lab', 0, { ...PLAIN_LANES, order: view.order });
  return lanes.map(({ host }) => hosts[host]!.id);
}

/** The view with a host at another position, 0 for the top. */
export function movedTo(run: Run, view: LaneView, host: string, position: number): LaneView {
  const rest = orderOf(run, view).filter((id) => id !== host);
  const at = Math.max(0, Math.min(rest.length, position));
  return { ...view, order: rest.toSpliced(at, 0, host) };
}

/** The view with a host hidden or shown. The last lane in view stays. */
export function shownAs(run: Run, view: LaneView, host: string, isShown: boolean): LaneView {
  const hidden = isShown ? view.hidden.filter((id) => id !== host) : [...view.hidden, host];
  const known = run.topology.hosts.filter(({ id }) => !hidden.includes(id));
  return known.length === 0 ? view : { ...view, hidden };
}

/** The view with the lanes of a group as one, or each for itself again. */
export function foldedAs(view: LaneView, group: string, isFolded: boolean): LaneView {
  const folded = view.folded.filter((id) => id !== group);
  return { ...view, folded: isFolded ? [...folded, group] : folded };
}
