/**
 * Every condition that the connection to Spacelift is tried under on a cluster, as the table in CONDITIONS.md lists
 * them. A test of this level observes each of them once.
 */
export const CATALOGUE = {
  'Found and connected': {
    'first-install':
      '`helm install --wait`, Spacelift in another namespace, its three Deployments of one replica',
    'restricted-namespace':
      "Pod Security `restricted`, a ResourceQuota and a LimitRange in Spacelift's namespace",
    'scheduler-absent': 'The Deployment `spacelift-scheduler` is absent',
    'vcs-gateway-present': 'The Deployment `spacelift-vcs-gateway` is there as well',
    'other-names': 'Secrets and Deployments have other names',
    'replace-vendor': "Vendor `AWS` in a component's own Secret, `existingVendor: replace`",
    'written-beside': 'Somebody else writes the Secret over and over while it is connected',
    'no-right-to-events': 'No right to create Events',
    'native-sidecar': "A mesh's native sidecar in the Job's pod",
    'injected-sidecar': 'A mesh injects containers that never end, but for pods that bear its label',
  },
  Refused: {
    'namespace-missing': "Spacelift's namespace is missing",
    'secret-missing': 'The Secret is missing',
    'no-deployment': 'None of the Deployments is there',
    'vendor-in-shared': 'Vendor `Datadog` in the shared Secret',
    'vendor-in-own': "Vendor `AWS` in a component's own Secret",
    immutable: 'The Secret is immutable',
    'applied-on-server': 'The keys are applied on the server by their owner',
    'other-owner': 'The Secret names another release as its owner',
    'second-release': 'A second release for one Spacelift',
    'no-rights': 'No Role for the hook: `connect.rbac.create: false`',
    'no-right-to-get-secret': 'No right to get the Secret',
    'no-right-to-patch-secret': 'No right to patch the Secret',
    'no-right-to-get-deployments': 'No right to get the Deployments',
    'no-right-to-patch-deployments': 'No right to patch the Deployments',
  },
  Rights: {
    rights: "Every verb on every kind of object, asked by `kubectl auth can-i --as` the hook's account",
  },
  'Again and again': {
    'upgrade-without-change': '`helm upgrade` without a change',
    'reset-and-upgrade': 'Terraform has reset the Secret, then `helm upgrade`',
    'reset-and-reconcile': 'Terraform has reset the Secret, then the CronJob',
    'reset-and-restarted': 'Pods have started with the Secret that was reset, then the CronJob',
    'repeated-syncs': 'Three syncs as Argo CD does them, after the first',
  },
  'Rollouts that do not end': {
    paused: 'A Deployment is paused',
    'image-pull': 'An image cannot be pulled, `helm upgrade` with `--rollback-on-failure`',
    'rollout-failure': 'An image cannot be pulled, `helm upgrade` with `onRolloutFailure: fail`',
    'rollout-failure-undone': 'The same with `--rollback-on-failure` as well',
    'deadline-exceeded': "A rollout exceeds the Deployment's own deadline",
    'no-room': '`maxUnavailable: 0`, and the quota has no room for one more pod',
  },
  'The API server': {
    'api-away-for-30-seconds': 'The API server is away for 30 seconds',
    'api-away': 'The API server stays away',
    'throttled-for-a-while': 'The first five calls are throttled, by a proxy before the API server',
    throttled: 'Every call is throttled, by the same',
  },
  'Helm revisions': {
    'atomic-install': 'Vendor `Datadog`, `helm install` with `--rollback-on-failure`',
    'atomic-upgrade': '`helm upgrade` with `--rollback-on-failure` to a Secret that is not there',
    'rollback-unchanged': '`helm rollback` to a revision with the same settings',
    'rollback-to-other-settings': '`helm rollback` to a revision with another Secret',
    'other-secret': '`helm upgrade` to another Secret: the old one',
    'other-namespace': '`helm upgrade` to another Spacelift, where `AWS` was replaced: the old one',
  },
  Uninstall: {
    uninstall: '`helm uninstall`',
    'changed-by-hand': 'The vendor was changed by hand since',
    'interrupted-uninstall': 'Its pod is killed when the values are back and the restarts are not done',
    'stuck-uninstall': 'Its right was taken away and given back',
    'second-uninstalled': 'The second release, which was refused, is uninstalled',
    'spacelift-gone': "Spacelift's namespace went first",
  },
  'Without the hook': {
    'manual-connect': '`connect.mode: manual`: the commands that the notes print',
    'manual-disconnect': 'The same, put back by the commands that the notes print',
    'collector-upgrade': 'The collector is replaced by an upgrade while Spacelift sends',
  },
  'Long ones (`E2E_LONG`)': {
    'collector-upgrade-guide':
      "The collector of Spacelift's guide is replaced by an upgrade while Spacelift sends",
    'endless-upgrades': '20 upgrades in a row without a change',
    'killed-connects': '35 runs killed at a random moment; the state after one more run',
    'killed-disconnects': '15 uninstalls killed at a random moment; the state after one more',
  },
} as const;

type Sections = typeof CATALOGUE;

/** Name of a condition. */
export type Condition = { [Section in keyof Sections]: keyof Sections[Section] }[keyof Sections] & string;

/** Names and texts, in the order of the table. */
export const CONDITIONS = Object.values(CATALOGUE).flatMap((section) => Object.entries(section)) as [
  Condition,
  string,
][];
