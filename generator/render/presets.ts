import type { TelemetryConfig } from '../../schema/types/telemetry-config.ts';
import { completed, overlay, type Preset, presets } from '../features/index.ts';
import type { Model } from '../model.ts';
import { banner } from '../text/banner.ts';
import type { JsonObject } from '../text/json.ts';
import { printYaml } from '../text/yaml.ts';
import type { ChartFile } from './chart-file.ts';
import { modeline } from './modeline.ts';

/**
 * `presets/NAME.yaml` for `helm install -f`, and each again as `ci/NAME-values.yaml`, where `ct lint` looks: there with
 * the presets that it needs, since each of those files must do alone.
 */
export function presetFiles(model: Model): ChartFile[] {
  return presets.flatMap((preset) => [
    { path: `presets/${preset.name}.yaml`, content: presetFile(preset, preset.config, model) },
    { path: `ci/${preset.name}-values.yaml`, content: presetFile(preset, complete(preset), model) },
  ]);
}

/** The configuration of a preset together with what it needs. */
function complete(preset: Preset): TelemetryConfig {
  return Object.assign({}, ...completed([preset]).map(({ config }) => config));
}

function presetFile({ purpose }: Preset, config: TelemetryConfig, model: Model): string {
  const values = overlay(config, model) as unknown as JsonObject;
  return `${modeline('../values.schema.json')}${banner('hash')}#\n# ${purpose}\n${printYaml(values)}`;
}
