import { missing, type Rule } from './rule.ts';

/** What else is said of a load has no effect without its rate. */
export const loadNeedsRate: Rule = ({ load }) =>
  load && load.spansPerSecond === undefined ? [missing(['load'], 'spansPerSecond', '200')] : [];
