import type { DeploymentState } from '../../hook/state.ts';
import { EPOCH } from './fake-objects.ts';

/** A Deployment at rest as the hook reads it, never marked, with what a test needs otherwise in `over`. */
export const deploymentState = (over: Partial<DeploymentState> = {}): DeploymentState => ({
  name: 'spacelift-drain',
  uid: 'uid',
  resourceVersion: '3',
  created: EPOCH,
  marker: undefined,
  rollout: 'done',
  progress: '',
  containers: [],
  ...over,
});
