import { overlay, type Preset, presets } from '../features/index.ts';
import type { Model } from '../model.ts';
import { banner } from '../text/banner.ts';
import type { JsonObject } from '../text/json.ts';
import { printYaml } from '../text/yaml.ts';
import type { ChartFile } from './chart-file.ts';
import { modeline } from './modeline.ts';

/** `presets/NAME.yaml` for `helm install -f`, and each again as `ci/NAME-values.yaml`, where `ct lint` looks. */
export function presetFiles(model: Model): ChartFile[] {
  return presets.flatMap((preset) => {
    const content = presetFile(preset, model);
    return [
      { path: `presets/${preset.name}.yaml`, content },
      { path: `ci/${preset.name}-values.yaml`, content },
    ];
  });
}

function presetFile({ config, purpose }: Preset, model: Model): string {
  const values = overlay(config, model) as unknown as JsonObject;
  return `${modeline('../values.schema.json')}${banner('hash')}#\n# ${purpose}\n${printYaml(values)}`;
}
