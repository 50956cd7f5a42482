import type { AnyStateMachine } from 'xstate';
import { compileTable, type DispatchTable } from './compile.ts';

/** A machine that both interpreters accept. */
export interface Chart {
  readonly machine: AnyStateMachine;
  readonly table: DispatchTable;
}

/**
 * Accepts an xstate machine as the program of a role. Throws `ChartError` when the machine uses a feature of statecharts
 * that the compiled form does not support, so that the two forms can never differ silently.
 */
export function defineChart(machine: AnyStateMachine): Chart {
  return { machine, table: compileTable(machine) };
}
