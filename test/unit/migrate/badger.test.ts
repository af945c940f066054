import { describe, expect, test } from 'vitest';
import { expectRight, migrated } from '../../support/migrated.ts';

describe('a Badger that userconfig opened', () => {
  const old = (pod: string, folder: string) =>
    `jaeger: ${pod}\nuserconfig: {extensions: {jaeger_query: {storage: {traces: b}}, jaeger_storage: {backends: {b: {badger: {directories: {keys: ${folder}/keys, values: ${folder}/values}}}}}}}\n`;
  const DATA = '{name: d, persistentVolumeClaim: {claimName: mine}}';
  const pod = (volumes: string, mounts: string) =>
    `{extraVolumes: [${volumes}], extraVolumeMounts: [${mounts}]}`;
  const directories = (folder: string) => ({
    userconfig: {
      extensions: {
        jaeger_storage: {
          backends: {
            badger: { badger: { directories: { keys: `${folder}/keys`, values: `${folder}/values` } } },
          },
        },
      },
    },
  });

  test.each([
    ['needs no more than its claim, wherever that was mounted', '/data', {}],
    ['keeps its folders below that', '/data/a', { jaeger: directories('/badger/a') }],
  ])('%s', (_, folder, values) => {
    const outcome = migrated(old(pod(DATA, '{name: d, mountPath: /data/}'), folder));
    expect(outcome).toMatchObject({ config: { storage: { badger: { existingClaim: 'mine' } } }, values });
    expectRight(outcome);
  });

  test.each([
    [
      'beside another volume',
      pod(
        `${DATA}, {name: ca, configMap: {name: ca}}`,
        '{name: d, mountPath: /data}, {name: ca, mountPath: /ca}',
      ),
    ],
    ['in a part of the volume', pod(DATA, '{name: d, mountPath: /data, subPath: a}')],
  ])('keeps its volumes and its folders %s', (_, volumes) => {
    const outcome = migrated(old(volumes, '/data'));
    expect(outcome.values).toMatchObject({
      jaeger: {
        jaeger: { extraVolumes: expect.anything(), extraVolumeMounts: expect.anything() },
        ...directories('/data'),
      },
    });
    expectRight(outcome);
  });
});
