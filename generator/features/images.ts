import type { ImagesConfig } from '../../schema/types/telemetry-config.ts';
import type { Feature } from './feature.ts';

/**
 * Where all images come from. The registry stands before the whole name of an image, its own registry included, since
 * that is what the collector chart does; the names in the base values are whole for that. No preset: only the user
 * knows the registry.
 */
export const images: Feature<ImagesConfig> = {
  overlay: ({ registry, pullSecrets }) => {
    const secrets = pullSecrets?.map((name) => ({ name }));
    return {
      ...((registry !== undefined || secrets) && {
        global: {
          ...(registry !== undefined && { imageRegistry: registry }),
          ...(secrets && { imagePullSecrets: secrets }),
        },
      }),
      // The one pod whose chart does not read the global ones.
      ...(secrets && { otelcol: { imagePullSecrets: secrets } }),
    };
  },
  presets: [],
};
