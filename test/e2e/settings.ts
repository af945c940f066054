import { missingCharts } from '../../scripts/charts.mjs';
import { whyNoCluster } from '../support/cluster.ts';
import type { SenderImages } from '../support/cluster-objects.ts';
import { chosenHelms, HELM_VERSIONS, type HelmVersion } from '../support/helm.ts';
import { whySkipped } from '../support/processes.ts';

const TELEMETRYGEN = 'ghcr.io/open-telemetry/opentelemetry-collector-contrib/telemetrygen:v0.161.0';

/** Images beside the chart's own, from the environment. */
export const images: SenderImages = {
  spacelift: process.env['E2E_SPACELIFT_IMAGE'] || undefined,
  telemetrygen: process.env['E2E_TELEMETRYGEN_IMAGE'] || TELEMETRYGEN,
};

/** A values file for every install, such as one with images that the cluster has. */
export const extraValues: readonly string[] = [process.env['E2E_VALUES'] ?? ''].filter((file) => file !== '');

/** Variable with the folder that observations are written to; without it they are only returned. */
export const OBSERVATIONS = 'E2E_OBSERVATIONS';

/** Helms to test with: what E2E_HELM lists, else what the run is about, else the oldest and the newest. */
export const helms: readonly HelmVersion[] = asked();

/** The one for what does not depend on Helm: a group for each of them has such tests only here. */
export const newest = helms.at(-1);

/** Why long tests are skipped, for the name of a `skipIf`; nothing under E2E_LONG. */
export const whyShort = process.env['E2E_LONG'] ? '' : ' (skipped: takes minutes, set E2E_LONG)';

function asked(): HelmVersion[] {
  const list = process.env['E2E_HELM'];
  if (!list) return process.env['SPACELIFT_TELEMETRY_HELM'] ? chosenHelms() : ['3.17', '4.3'];
  const unknown = list.split(',').filter((version) => !HELM_VERSIONS.some((known) => known === version));
  if (unknown.length === 0) return list.split(',') as HelmVersion[];
  throw new Error(`E2E_HELM is "${list}"; it can list ${HELM_VERSIONS.join(', ')}.`);
}

/** Why the level cannot run, for the name of a `describe.skipIf`. Under REQUIRE_E2E that is a failure instead. */
export async function whyNot(): Promise<string> {
  const charts = await missingCharts().catch(() => [{ name: 'the chart itself' }]);
  const missing = [await whyNoCluster()].filter((reason) => reason !== undefined);
  if (charts.length > 0)
    missing.push(`${charts.map(({ name }) => name).join(' and ')} not there: npm run charts`);
  return whySkipped('e2e', missing, 'REQUIRE_E2E');
}
