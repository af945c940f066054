import { beforeAll, describe, expect, test } from 'vitest';
import { type RenderableChart, renderableChart, STUBS } from '../support/chart.ts';
import { chosenHelms, type KubernetesObject, template } from '../support/helm.ts';
import type { Refusal } from './refusals/refusal.ts';
import { refusesAndMends } from './refusals/run.ts';

const [version = '4.3'] = chosenHelms().toReversed();
const WAYS_IN = 'test/golden/ui-ways-in/values.yaml';
const AUTH = 'chart/presets/ui-auth.yaml';

let chart: RenderableChart;
beforeAll(async () => {
  chart = await renderableChart();
});

const render = async (...values: string[]) =>
  (await template(version, chart.folder, { values, namespace: 'monitoring' })).objects;
const one = (objects: readonly KubernetesObject[], kind: string, name: string) =>
  objects.find((object) => object.kind === kind && object.metadata.name === name);

const specOf = (object: KubernetesObject | undefined) => (object?.['spec'] ?? {}) as { selector?: object };

/** The environment of the pod of `helm test`. */
function testEnv(objects: readonly KubernetesObject[]) {
  const pod = one(objects, 'Pod', 'spacelift-telemetry-test')?.['spec'] as {
    containers: [{ env: { name: string; value?: string; valueFrom?: object }[] }];
  };
  return Object.fromEntries(
    pod.containers[0].env.map(({ name, value, valueFrom }) => [name, value ?? valueFrom]),
  );
}

describe('the ways to the UI', () => {
  test('are an Ingress with TLS, an HTTPRoute, and a load balancer of one port', async ({ skip }) => {
    if (!chart.real) skip(STUBS);
    const objects = await render(WAYS_IN);
    const ingress = one(objects, 'Ingress', 'spacelift-telemetry-jaeger');
    expect(ingress?.metadata.annotations).toEqual({ 'cert-manager.io/cluster-issuer': 'letsencrypt' });
    expect(ingress?.['spec']).toMatchObject({
      ingressClassName: 'nginx',
      tls: [{ secretName: 'jaeger-tls', hosts: ['jaeger.example.com'] }],
      rules: [{ host: 'jaeger.example.com', http: { paths: [{ path: '/', pathType: 'Prefix' }] } }],
    });
    expect(one(objects, 'HTTPRoute', 'spacelift-telemetry-jaeger')?.['spec']).toEqual({
      parentRefs: [{ name: 'public', namespace: 'gateways' }],
      hostnames: ['tools.example.com'],
      rules: [
        {
          backendRefs: [{ name: 'spacelift-telemetry-jaeger', port: 16686 }],
          matches: [{ path: { type: 'PathPrefix', value: '/jaeger' } }],
        },
      ],
    });
    const balancer = one(objects, 'Service', 'spacelift-telemetry-ui');
    const inside = one(objects, 'Service', 'spacelift-telemetry-jaeger');
    expect(balancer?.['spec']).toEqual({
      type: 'LoadBalancer',
      loadBalancerSourceRanges: ['10.0.0.0/8'],
      ports: [{ name: 'http-query', port: 16686, targetPort: 16686, protocol: 'TCP' }],
      selector: specOf(inside).selector,
    });
  });

  test('are none without a word', async () => {
    const objects = await render();
    expect(objects.filter(({ kind }) => /^(Ingress|HTTPRoute)$/.test(kind))).toEqual([]);
    expect(one(objects, 'Service', 'spacelift-telemetry-ui')).toBeUndefined();
  });
});

describe('helm test', () => {
  const url = 'http://spacelift-telemetry-jaeger:16686';

  test('follows the base path, and has the login where there is one', async () => {
    const key = (name: string) => ({
      secretKeyRef: { name: 'spacelift-telemetry-jaeger', key: name, optional: true },
    });
    const login = { JAEGER_USERNAME: key('username'), JAEGER_PASSWORD: key('password') };
    expect(testEnv(await render(WAYS_IN))).toMatchObject({ JAEGER: `${url}/jaeger`, ...login });
    expect(testEnv(await render(AUTH))).toMatchObject({ JAEGER: url, ...login });
    const plain = testEnv(await render());
    expect(plain).toMatchObject({ JAEGER: url });
    expect(plain).not.toHaveProperty('JAEGER_USERNAME');
  });
});

const cases: readonly Refusal[] = [
  {
    name: 'a login that another list of extensions has lost',
    presets: [AUTH],
    values: 'jaeger: {userconfig: {service: {extensions: [jaeger_storage, jaeger_query, healthcheckv2]}}}',
    refusal: `Jaeger's query asks for a login by "basicauth", which jaeger.userconfig.service.extensions does not start: a list in a later values file replaces the whole list. Write:

    jaeger:
      userconfig:
        service:
          extensions:
            - jaeger_storage
            - jaeger_query
            - healthcheckv2
            - basicauth`,
    mended: {
      values:
        'jaeger: {userconfig: {service: {extensions: [jaeger_storage, jaeger_query, healthcheckv2, basicauth]}}}',
    },
  },
  {
    name: 'an Ingress without a name',
    values: 'jaeger: {jaeger: {ingress: {enabled: true}}}',
    refusal: `jaeger.jaeger.ingress is on, but no name leads to it. Write:

    jaeger:
      jaeger:
        ingress:
          hosts:
            - jaeger.example.com`,
    mended: { values: 'jaeger: {jaeger: {ingress: {enabled: true, hosts: [jaeger.example.com]}}}' },
  },
];

refusesAndMends(cases);
