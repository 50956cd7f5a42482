import { afterEach, describe, expect, test, vi } from 'vitest';
import { type ExploreCommandOptions, exploreCommand } from '../../../simulations/cli/explore.ts';
import { CliError } from '../../../simulations/cli/output.ts';

function faultline(name: string, options: ExploreCommandOptions = {}) {
  const written: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  const status = exploreCommand(name, options);
  return { status, text: written.join('') };
}

afterEach(() => vi.restoreAllMocks());

describe('faultline explore', () => {
  test('two-phase-commit --set resourceManagers=5 --json: the published counts, exit 0', () => {
    const { status, text } = faultline('two-phase-commit', { set: { resourceManagers: '5' }, json: true });
    expect(status).toBe(0);
    expect(JSON.parse(text)).toMatchObject({
      spec: 'two-phase-commit',
      distinct: 8832,
      generated: 58_146,
      depth: 17,
      seconds: expect.any(Number),
      properties: { consistent: { status: 'ok', sentence: expect.any(String), path: null } },
      command: 'faultline explore two-phase-commit --set resourceManagers=5',
    });
  });

  test('a planted mistake: the path in words, the command to see it again, exit 1', () => {
    const { status, text } = faultline('two-phase-commit', { set: { commitsAlone: 'on' } });
    expect(status).toBe(1);
    expect(text).toContain('VIOLATED');
    expect(text).toContain('2. manager 1 commits without having been told');
    expect(text.trimEnd().split('\n').at(-1)).toBe('faultline explore two-phase-commit --set commitsAlone=on');
  });

  test('a violation that the source expects: exit 0', () => {
    const { status, text } = faultline('increment');
    expect(status).toBe(0);
    expect(text).toContain('violated, as expected');
  });

  test('a bound that leaves a property undecided: exit 3', () => {
    const { status, text } = faultline('two-phase-commit', { statesMax: 100, json: true });
    expect(status).toBe(3);
    expect(JSON.parse(text)).toMatchObject({ distinct: 100, stopped: 'states' });
  });

  test.each([
    ['two-phase-comit', {}, /spec: found "two-phase-comit"; allowed: .*Did you mean two-phase-commit\?/],
    [
      'two-phase-commit',
      { set: { resourceManagers: '99' } },
      /knobs\.resourceManagers: found "99"; allowed: .* Lower it to 10/,
    ],
    [
      'two-phase-commit',
      { set: { resourceManager: '3' } },
      /knobs\.resourceManager: .*Did you mean resourceManagers\?/,
    ],
    ['ping-pong', { symmetry: true }, /symmetry: found true; allowed: false/],
  ] as const)('%s %o is bad input: field, found, allowed, fix', (name, options, says) => {
    try {
      exploreCommand(name, options);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(CliError);
      expect(error).toMatchObject({ status: 2, message: expect.stringMatching(says) });
    }
  });
});
