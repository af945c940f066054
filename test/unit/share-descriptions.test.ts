import { expect, test } from 'vitest';
import { shareDescriptions } from '../../generator/render/share-descriptions.ts';

const at = (description?: string) => ({ ...(description && { description }), $ref: '#/definitions/Thing' });
const share = (...descriptions: (string | undefined)[]) => {
  const properties = Object.fromEntries(descriptions.map((text, index) => [`key${index}`, at(text)]));
  const shared = shareDescriptions({ properties, definitions: { Thing: { type: 'string' } } });
  const left = Object.values(shared['properties'] as Record<string, { description?: string }>);
  const { Thing } = shared['definitions'] as Record<string, { description?: string }>;
  return { left: left.map(({ description }) => description), of: Thing?.description };
};

test('what all say is said by the definition', () => {
  expect(share('One.', 'One.')).toEqual({ left: [undefined, undefined], of: 'One.' });
});

test('what half of them say is said by the definition, and the others keep their own', () => {
  expect(share('One.', 'Two.', 'One.', 'Three.')).toEqual({
    left: [undefined, 'Two.', undefined, 'Three.'],
    of: 'One.',
  });
});

test('what few say stays with them', () => {
  expect(share('One.', 'One.', 'Two.', 'Three.', 'Four.')).toEqual({
    left: ['One.', 'One.', 'Two.', 'Three.', 'Four.'],
    of: undefined,
  });
});

test('where one says nothing, nothing is said for it', () => {
  expect(share('One.', 'One.', undefined)).toEqual({ left: ['One.', 'One.', undefined], of: undefined });
});
