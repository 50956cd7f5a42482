import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadModel, models, resolveRun } from '../../simulations/index.ts';
import { modelIds } from '../../simulations/models/known.ts';

test.each(models)('the code of $id comes by its id alone', async (model) => {
  expect(await loadModel(model.id)).toBe(model);
});

test('a model that is none comes as undefined, not as a failure', async () => {
  expect(await loadModel('quorums')).toBeUndefined();
  expect(resolveRun({ model: 'quorums' })).toMatchObject({ ok: false, problems: [{ fix: 'Did you mean quorum?' }] });
});

test('the registry lists exactly the model folders', () => {
  expect(models.map(({ id }) => id)).toEqual(modelIds);
  const folders = readdirSync('simulations/models', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(models.map((model) => model.id).sort()).toEqual(folders.map((entry) => entry.name).sort());
});

describe.each(models.map((model) => [model.id, model] as const))('model %s', (id, model) => {
  test('has the shape of a model folder', () => {
    for (const file of ['README.md', 'index.ts', 'messages.ts', 'checks.ts', 'scene.ts', 'narrate.ts']) {
      expect(existsSync(`simulations/models/${id}/${file}`), file).toBe(true);
    }
  });

  test('explains every knob, with a default inside its range', () => {
    for (const [name, knob] of Object.entries(model.knobs)) {
      expect(knob.spec.explain.length, name).toBeGreaterThan(15);
      expect(knob.schema.safeParse(knob.default).success, name).toBe(true);
      if (knob.spec.kind === 'choice')
        for (const option of knob.spec.options ?? [])
          expect(option.explain.length, `${name} ${option.value}`).toBeGreaterThan(5);
    }
    expect(
      model.constraints(Object.fromEntries(Object.entries(model.knobs).map(([name, knob]) => [name, knob.default]))),
    ).toEqual([]);
    expect(resolveRun({ model: id }).ok).toBe(true);
  });

  test('has a sometimes beside every always and every eventually', () => {
    const sometimes = model.properties
      .filter((property) => property.kind === 'sometimes')
      .map((property) => property.id);
    for (const property of model.properties) {
      if (property.kind !== 'sometimes') expect(sometimes, property.id).toContain(property.exercisedBy);
    }
    expect(new Set(model.properties.map((property) => property.id)).size).toBe(model.properties.length);
  });

  test('opens with a scenario that ships', () => {
    expect(existsSync(`content/scenarios/${model.opening}.yaml`)).toBe(true);
  });

  test('says what it leaves out', () => {
    expect(model.simplifications.length).toBeGreaterThan(2);
    for (const sentence of model.simplifications) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });
});
