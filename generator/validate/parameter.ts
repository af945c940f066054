import { isObject, type Json } from '../text/json.ts';
import { type Step, setPath, setValue } from '../values/set-flag.ts';
import { fillGaps, GAP, isControlled } from './gaps.ts';

/** A value that a parameter sets. */
export interface Setting {
  readonly path: readonly Step[];
  readonly value: Json;
  readonly asString: boolean;
}

/** What keeps a parameter from being set: in which of its fields, and why. */
export interface Fault {
  readonly field: 'name' | 'value';
  readonly message: string;
}

/** What a parameter sets, or what is wrong with it; neither where a generator decides what it is. */
export function readParameter(item: unknown, templated: boolean): { setting?: Setting; fault?: Fault } {
  const { name, value = '', forceString } = isObject(item) ? item : {};
  if (typeof name !== 'string') return { fault: { field: 'name', message: 'must be a string' } };
  if (typeof value !== 'string')
    return {
      fault: { field: 'value', message: `must be a string, as Argo CD's API wants it; quote it` },
    };
  if (templated && (name.includes('{{') || isControlled(value))) return {};
  const path = setPath(name);
  if (typeof path === 'string')
    return { fault: { field: 'name', message: `Helm's --set cannot read "${name}": ${path}` } };
  const { text, unknown } = fillVariables(templated ? fillGaps(value) : value);
  if (unknown !== undefined) {
    const message = `Argo CD takes ${unknown} for a variable of its build environment, and puts nothing in its place; write $${unknown}`;
    return { fault: { field: 'value', message } };
  }
  const asString = forceString === true;
  const set = setValue(escapeCommas(text), asString);
  if (set === undefined) {
    const message = `Helm's --set cannot read it: "{" begins a list such as {a,b}, and a backslash makes the next character one of the text`;
    return { fault: { field: 'value', message } };
  }
  return { setting: { path, value: set, asString } };
}

/** `$NAME`, `${NAME}` and the `$$` that stands for one, as Go's `os.Expand` reads them. */
const VARIABLE = /\$(?:\{(?<braced>[^}]*)\}|(?<bare>\w+|[*#$@!?-]))/g;

/** What is known of Argo CD's build environment, none of the values: https://argo-cd.readthedocs.io/en/stable/user-guide/build-environment/ */
const ENVIRONMENT = /^(?:ARGOCD_APP_\w+|KUBE_VERSION|KUBE_API_VERSIONS)$/;

/** A text after Argo CD has filled in its variables, whose values are gaps; or the first that it does not have. */
function fillVariables(text: string): { text: string; unknown?: string } {
  let unknown: string | undefined;
  const filled = text.replaceAll(VARIABLE, (whole, braced?: string, bare?: string) => {
    if (bare === '$') return '$';
    if (!ENVIRONMENT.test(braced ?? bare ?? '')) unknown ??= whole;
    return GAP;
  });
  return { text: filled, ...(unknown !== undefined && { unknown }) };
}

/** Argo CD makes commas a part of the text, but for those of a list. */
function escapeCommas(text: string): string {
  return text.startsWith('{') && text.endsWith('}') ? text : text.replaceAll(/(?<!\\),/g, '\\,');
}
