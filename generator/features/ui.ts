import type { UiConfig } from '../../schema/types/telemetry-config.ts';
import type { JaegerConfig, JaegerDeployment, Values } from '../../schema/types/values.ts';
import type { Model } from '../model.ts';
import { credentialsFile } from '../values/credentials.ts';
import type { Feature } from './feature.ts';

/**
 * How people come to Jaeger's UI, and who they must be. Owns the list of Jaeger's extensions, since a login is one,
 * and the Ingress and the HTTPRoute of the jaeger chart.
 */
export const ui: Feature<UiConfig> = {
  overlay,
  base: {},
  presets: [
    {
      name: 'ui-auth',
      purpose: 'Jaeger asks for a login: the users of `htpasswd` in the Secret spacelift-telemetry-jaeger.',
      section: { authentication: 'htpasswd' },
    },
  ],
};

const BASIC_AUTH = 'basicauth';

function overlay(section: UiConfig, model: Model): Values {
  const { authentication, basePath = '' } = section;
  const asks = authentication === 'htpasswd';
  const query = { ...(basePath && { base_path: basePath }), ...(asks && login()) };
  const file = credentialsFile(model.secrets.jaeger, 'htpasswd');
  const userconfig: JaegerConfig = {
    service: {
      extensions: [
        'jaeger_storage',
        'jaeger_query',
        'healthcheckv2',
        ...(asks ? ([BASIC_AUTH] as const) : []),
      ],
    },
    ...((asks || basePath) && {
      extensions: { jaeger_query: query, ...(asks && { basicauth: { htpasswd: { file } } }) },
    }),
  };
  return {
    ...(asks && { presets: { ui: 'ui-auth' } }),
    ...(section.loadBalancer && { ui: { loadBalancer: { ...section.loadBalancer, enabled: true } } }),
    jaeger: { userconfig, jaeger: { ...ingress(section), ...route(section) } },
  };
}

/** A login for UI and API, and for the query over gRPC, which would be the way around it. */
function login() {
  const auth = { authenticator: BASIC_AUTH };
  // Jaeger answers 401 without this header, and no browser asks for a password then.
  return { http: { auth, response_headers: { 'WWW-Authenticate': 'Basic realm="Jaeger"' } }, grpc: { auth } };
}

function ingress({ ingress: section }: UiConfig): Pick<JaegerDeployment, 'ingress'> {
  if (!section) return {};
  const { className, hosts = [], tlsSecret, annotations } = section;
  return {
    ingress: {
      enabled: true,
      pathType: 'Prefix',
      hosts,
      tls: tlsSecret ? [{ secretName: tlsSecret, hosts }] : [],
      ...(className && { ingressClassName: className }),
      ...(annotations && { annotations }),
    },
  };
}

function route({ gateway, basePath }: UiConfig): Pick<JaegerDeployment, 'httproute'> {
  if (!gateway) return {};
  const { parentRefs = [], hostnames = [] } = gateway;
  const matches = [{ path: { type: 'PathPrefix' as const, value: basePath || '/' } }];
  return { httproute: { enabled: true, parentRefs, hostnames, matches } };
}
