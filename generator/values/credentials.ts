import type { Volume, VolumeMount } from '../../schema/types/values.ts';
import type { MountedSecret } from '../model.ts';

const VOLUME = 'credentials';

/** The volume of a pod's Secret for whatever needs a file: the keys that are there, and none where there is no Secret. */
export const credentialsVolume = ({ name }: MountedSecret): Volume => ({
  name: VOLUME,
  secret: { secretName: name, optional: true },
});

/** Where its files are. */
export const credentialsMount = ({ mountPath }: MountedSecret): VolumeMount => ({
  name: VOLUME,
  mountPath,
  readOnly: true,
});

/** The path of one of them. */
export const credentialsFile = ({ mountPath }: MountedSecret, key: string) => `${mountPath}/${key}`;
