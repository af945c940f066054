import Handlebars from 'handlebars';

/** Stand-ins for Go's braces while Handlebars works: private-use characters, which no source of ours has. */
const OPEN = '\uE000';
const CLOSE = '\uE001';

/** A template that cannot be rendered: a mistake in this project, never in a user's input. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/**
 * Renders a Handlebars template whose delimiters are `<%` and `%>`, so that Go's `{{ }}` beside them stays
 * as it is, on the line where it was.
 *
 * Strict on purpose: Handlebars' defaults delete what they do not know (`{{ end }}`) and escape for HTML.
 *
 * @param file - name of the template, for the error
 * @param source - its text
 * @param facts - what its expressions may name
 * @throws {@link TemplateError} when the source holds a private-use stand-in, names an unknown fact, or is not
 * a template at all
 */
export function renderTemplate(file: string, source: string, facts: object): string {
  if (/[\uE000\uE001]/.test(source)) {
    throw new TemplateError(
      `${file}: holds U+E000 or U+E001, which stand for Go's braces while it is rendered`,
    );
  }
  const hidden = source.replaceAll('{{', OPEN).replaceAll('}}', CLOSE);
  const template = hidden.replaceAll('<%', '{{').replaceAll('%>', '}}');
  try {
    const render = Handlebars.compile(template, { strict: true, noEscape: true, knownHelpersOnly: true });
    return render(facts).replaceAll(OPEN, '{{').replaceAll(CLOSE, '}}');
  } catch (cause) {
    throw new TemplateError(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
