import {
  type Challenge,
  formatCount,
  formatLink,
  type Scenario,
  searchCommand,
} from '../../../../simulations/index.ts';
import { CopyButton } from '../../../_shell/copy-button.tsx';
import styles from './teach-pane.module.css';

type Search = Challenge['searched'][number];

export interface SearchedListProps {
  readonly scenario: Scenario;
  readonly challenge: Challenge;
}

/** What "it cannot be done" rests on beside the argument: searches in vain, with the commands that repeat them, and runs that give something up. */
export function SearchedList({ scenario, challenge }: SearchedListProps) {
  const { searched, otherwise } = challenge;
  return (
    <>
      {searched.length > 0 && (
        <>
          <h3 className={styles.title}>Searched in vain</h3>
          <ul className={styles.searched} data-testid="searched">
            {searched.map((search) => {
              const command = searchCommand(scenario, challenge, search);
              return (
                <li key={command}>
                  <span>{wordsOf(search)}</span>
                  <CopyButton label="Copy the command" text={command} />
                </li>
              );
            })}
          </ul>
        </>
      )}
      {otherwise.length > 0 && (
        <>
          <h3 className={styles.title}>It happens when this is given up</h3>
          <ul className={styles.searched}>
            {otherwise.map(({ title, scenario: id, variant }) => (
              <li key={`${id} ${variant}`}>
                <a href={formatLink({ model: scenario.model, scenario: id, variant, set: {}, view: {} })}>{title}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** One and many of each kind of bad luck. */
const WORDS = {
  losses: ['lost message', 'lost messages'],
  crashes: ['crash', 'crashes'],
  duplicates: ['doubled message', 'doubled messages'],
  timers: ['timer that rings', 'timers that ring'],
} as const;

function wordsOf(search: Search): string {
  if (search.by === 'seeds') return `${formatCount(search.seeds)} seeds of the script.`;
  const { budgets, distinct, depth, symmetry } = search;
  const kinds = ['timers', 'crashes', 'losses', 'duplicates'] as const;
  const spent = kinds
    .filter((kind) => budgets[kind] > 0)
    .map((kind) => `${budgets[kind]} ${WORDS[kind][budgets[kind] === 1 ? 0 : 1]}`);
  const names = symmetry ? ', names of hosts aside' : '';
  return `All ${formatCount(distinct)} states of the smallest configuration with ${spent.join(' and ')}${names}: ${depth} steps deep.`;
}
