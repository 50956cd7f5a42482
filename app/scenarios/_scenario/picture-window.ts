import type { Scenario } from '../../../simulations/index.ts';
import { around, spanOf, type Violation, violationIn, violationsOf } from '../../_static/evidence.ts';
import type { PinnedRun } from '../../_static/pinned.ts';
import { fitWindow, type Window } from '../../_static/window.ts';

/** The window in which all variants of a scenario are drawn, so that they can be compared moment for moment. */
export interface PictureWindow {
  readonly wanted: Window;
  at(fieldPx: number): Window;
  /** The violation that is marked in a run's picture. */
  marked(pinned: PinnedRun): Violation | undefined;
}

/**
 * The scenario's own view, or the first witness where that view shows none. A narrow picture keeps the first witness that lies in the view and
 * shows less of the rest.
 */
export function pictureWindow(scenario: Scenario, runs: readonly PinnedRun[]): PictureWindow {
  const found = runs.flatMap((pinned) =>
    violationsOf(pinned).flatMap((violation) => {
      const span = spanOf(pinned, violation.witness);
      return span === undefined ? [] : [{ pinned, violation, span }];
    }),
  );
  const view: Window = { fromUs: scenario.view.fromUs ?? 0, toUs: scenario.view.toUs ?? scenario.durationUs };
  const within = found.filter(({ span }) => span.fromUs >= view.fromUs && span.toUs <= view.toUs);
  const inside = within.find(({ violation }) => isSeen(violation)) ?? within[0];
  const ending = found.find(({ span }) => span.toUs > view.fromUs && span.toUs <= view.toUs);
  const chosen = inside ?? ending ?? found[0];
  const wanted = inside === undefined && ending === undefined && chosen !== undefined ? around(chosen.span) : view;
  const pinned = chosen?.pinned ?? runs[0]!;
  const must =
    chosen === undefined ? undefined : { fromUs: Math.max(chosen.span.fromUs, wanted.fromUs), toUs: chosen.span.toUs };
  return {
    wanted,
    at: (fieldPx) => fitWindow({ run: pinned.run, focus: pinned.focus, wanted, must, fieldPx }),
    marked: (other) => (other === chosen?.pinned ? chosen.violation : violationIn(other, wanted)),
  };
}

/** Whether a picture of the witness shows what is wrong: of a write that was lost later it shows only that it was acknowledged. */
function isSeen({ witness: { operations, steps } }: Violation): boolean {
  return operations.length !== 1 || steps.length > 2;
}
