import { textAt } from '../../text/json-path.ts';
import { quote, type Rule, yaml } from './rule.ts';

/** Every endpoint of the chart is made of the constant names. */
export const constantNames: Rule = ({ values, model }) => {
  const names = { jaeger: model.names.jaeger, otelcol: model.names.collector };
  return Object.entries(names).flatMap(([chart, name]) => {
    const given = textAt(values, chart, 'fullnameOverride');
    if (given === name) return [];
    return [
      {
        path: [chart, 'fullnameOverride'],
        message: `${chart}.fullnameOverride is ${quote(given)}, but every endpoint of this chart is made of the constant name. Leave the key out, or write`,
        yaml: yaml(`${chart}.fullnameOverride`, name),
      },
    ];
  });
};
