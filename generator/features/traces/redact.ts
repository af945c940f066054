import type { RedactConfig } from '../../../schema/types/telemetry-config.ts';
import { literal } from './literal.ts';
import type { Stage } from './stage.ts';

/** Attributes whose name says that nobody should read them; `http.request.header.authorization` for instance. */
const KEYS = [
  '(?i)(^|[._-])(authorization|cookies?|set-cookie|passwords?|passwd|secrets?|tokens?|credentials?|api[._-]?keys?|private[._-]?keys?)([._-]|\\z)',
];

/** Text that is a credential, or who a person is, wherever it stands. */
const VALUES = [
  '-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(-----END [A-Z ]*PRIVATE KEY-----)?',
  'eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*', // a JSON Web Token
  '(?i:\\b(bearer|basic)\\s+[a-z0-9._~+/=-]{8,})',
  '://[^/\\s:@]*:[^/\\s@]+@', // a password in a URL
  '(?i:[?&]([a-z_-]*(token|secret|password|signature|credential)|api[_-]?key|sig|code)=[^&\\s"\']+)',
  '\\b(AKIA|ASIA)[0-9A-Z]{16}\\b',
  '\\b(gh[pousr]_|github_pat_|glpat-)[A-Za-z0-9_-]{20,}',
  '[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}', // an e-mail address
];

/** Masks what must not be stored, in attributes and in the two texts of a span beside them. */
export function redact({ keys = [], values = [], statements = true }: RedactConfig): Stage {
  const patterns = [...VALUES, ...values];
  return {
    processors: ['redaction', 'transform/redact'],
    config: {
      processors: {
        redaction: {
          allow_all_keys: true,
          // Headers are lists; without this only plain texts are looked at.
          redact_all_types: true,
          blocked_key_patterns: [...KEYS, ...keys].map(literal),
          blocked_values: patterns.map(literal),
          // Puts a question mark for each value in a statement.
          db_sanitizer: { sql: { enabled: statements, attributes: ['db.statement', 'db.query.text'] } },
          summary: 'silent',
        },
        'transform/redact': {
          error_mode: 'ignore',
          trace_statements: [
            {
              context: 'span',
              statements: ['span.name', 'span.status.message'].map((field) => mask(field, patterns)),
            },
          ],
        },
      },
    },
  };
}

/** A statement in OTTL, whose texts escape the backslash and the quote. */
function mask(field: string, patterns: readonly string[]): string {
  const any = patterns.map((pattern) => `(?:${pattern})`).join('|');
  return `replace_pattern(${field}, ${literal(JSON.stringify(any))}, "****")`;
}
