'use client';

import { type ReactNode, useMemo } from 'react';
import {
  formatCount,
  type MetricPair,
  type OperationPair,
  operationNoun,
  type VerdictPair,
} from '../../../../simulations/index.ts';
import { VerdictMark, verdictWords } from '../../../_shell/verdict-mark.tsx';
import { useActions } from '../state/context.tsx';
import { amountOf, deltaOf, endOf } from './amounts.ts';
import type { Compared } from './comparison.ts';
import { SelectedPair } from './selected-pair.tsx';
import styles from './tables.module.css';

/** The selected event on both sides, then inputs, verdicts, metrics and operations, side by side. */
export function Tables({ compared }: { readonly compared: Compared }) {
  const { names, comparison } = compared;
  const { differences, verdicts, metrics, operations } = comparison;
  return (
    <>
      <SelectedPair compared={compared} />
      <Table title="Inputs" names={names} note={differences.length === 0 ? 'the same' : undefined}>
        {differences.map(({ kind, name, title, a, b }) => (
          <tr key={`${kind} ${name}`}>
            <th scope="row">{title}</th>
            <Cell differs>{a ?? 'absent'}</Cell>
            <Cell differs>{b ?? 'absent'}</Cell>
          </tr>
        ))}
      </Table>
      <Verdicts verdicts={verdicts} names={names} />
      <Table title="Metrics" names={names} last="change">
        {metrics.map((metric) => (
          <MetricRow key={metric.id} metric={metric} />
        ))}
      </Table>
      <Operations operations={operations} compared={compared} />
    </>
  );
}

interface TableProps {
  readonly title: string;
  readonly names: readonly [string, string];
  /** Head of a fourth column. */
  readonly last?: string;
  /** Stands for an empty table. */
  readonly note?: string;
  readonly children: ReactNode;
}

function Table({ title, names, last, note, children }: TableProps) {
  if (note !== undefined)
    return (
      <p className={styles.none}>
        <b>{title}</b> <span className="data quiet">{note}</span>
      </p>
    );
  return (
    <table className={styles.table} data-table={title.toLowerCase()}>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          {names.map((name) => (
            <th key={name} scope="col" className="data" title={name}>
              <span>{name}</span>
            </th>
          ))}
          {last !== undefined && (
            <th scope="col" className="data">
              <span>{last}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

function Cell({ children, differs = false }: { readonly children: ReactNode; readonly differs?: boolean }) {
  return <td className={differs ? `data ${styles.differs}` : 'data'}>{children}</td>;
}

/** Claims only, those that come out otherwise first. */
function Verdicts({
  verdicts,
  names,
}: {
  readonly verdicts: readonly VerdictPair[];
  readonly names: TableProps['names'];
}) {
  const rows = useMemo(() => {
    const claims = verdicts.filter(({ kind }) => kind !== 'sometimes');
    const differs = ({ a, b }: VerdictPair) => a?.status !== b?.status;
    return [...claims.filter(differs), ...claims.filter((pair) => !differs(pair))];
  }, [verdicts]);
  return (
    <Table title="Verdicts" names={names}>
      {rows.map(({ id, title, a, b }) => (
        <tr key={id} data-verdict-pair={id}>
          <th scope="row">{title}</th>
          {[a, b].map((verdict, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the two sides are their positions.
            <td key={at} className={`data ${a?.status === b?.status ? '' : styles.differs}`} title={verdict?.sentence}>
              {verdict !== undefined && (
                <span className={styles.verdict}>
                  <VerdictMark status={verdict.status} size={12} />
                  {verdictWords[verdict.status]}
                </span>
              )}
            </td>
          ))}
        </tr>
      ))}
    </Table>
  );
}

function MetricRow({ metric }: { readonly metric: MetricPair }) {
  const { title, unit, a, b, delta } = metric;
  return (
    <tr>
      <th scope="row">{title}</th>
      <Cell>{amountOf(a, unit)}</Cell>
      <Cell differs={a !== b}>{amountOf(b, unit)}</Cell>
      <Cell differs={delta !== undefined && delta !== 0}>{deltaOf(delta, unit)}</Cell>
    </tr>
  );
}

const OPERATIONS_MAX = 12;

function Operations({
  operations,
  compared,
}: {
  readonly operations: readonly OperationPair[];
  readonly compared: Compared;
}) {
  const { names } = compared;
  const { pause, selectOperation, pointBeside } = useActions();
  const show = ({ a, b }: OperationPair) => {
    pause();
    if (a !== undefined) selectOperation(a.id);
    const step = b?.completedStep ?? b?.invokedStep;
    if (a === undefined && step !== undefined) pointBeside(step, compared.b.timeline!.timeUs(step));
  };
  return (
    <>
      <Table title="Operations" names={names} note={operations.length === 0 ? 'all come to the same' : undefined}>
        {operations.slice(0, OPERATIONS_MAX).map((pair) => {
          const { f, key } = (pair.a ?? pair.b)!;
          const numbers = [...new Set([pair.a, pair.b].flatMap((one) => (one === undefined ? [] : [one.id])))];
          return (
            <tr key={`${pair.client} ${pair.nth}`}>
              <th scope="row">
                <button type="button" onClick={() => show(pair)}>
                  {pair.client} {operationNoun(compared.a.input.model, f)} {numbers.map(formatCount).join(' / ')} of{' '}
                  {key}
                </button>
              </th>
              <Cell differs>{endOf(pair.a)}</Cell>
              <Cell differs>{endOf(pair.b)}</Cell>
            </tr>
          );
        })}
      </Table>
      {operations.length > OPERATIONS_MAX && (
        <p className="data quiet">
          and {formatCount(operations.length - OPERATIONS_MAX)} more that come to something else
        </p>
      )}
    </>
  );
}
