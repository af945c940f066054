import { describe, expect, test } from 'vitest';
import { renderTemplate, TemplateError } from '../../generator/text/handlebars.ts';

const render = (source: string, facts: object = {}) => renderTemplate('x.hbs', source, facts);

describe('renderTemplate', () => {
  test('keeps every kind of Go action as it is', () => {
    const go = '{{- if .Values.x }}{{ include "a" . | nindent 4 }}{{ end }}{{ $x := 1 }}{{ . }}{{ log "x" }}';
    expect(render(`${go}<% name %>`, { name: 'n' })).toBe(`${go}n`);
  });

  test('fills Go text with facts, also right beside Go braces', () => {
    expect(render('{{ "<% name %>" }}', { name: 'n' })).toBe('{{ "n" }}');
  });

  test('loops without leaving empty lines', () => {
    expect(render('a:\n<%#each xs%>\n- <% this %>\n<%/each%>\nz\n', { xs: [1, 2] })).toBe(
      'a:\n- 1\n- 2\nz\n',
    );
  });

  test('escapes nothing', () => {
    expect(render('<% x %>', { x: '"<&>"' })).toBe('"<&>"');
  });

  test.each([
    ['an unknown fact', 'a\n<% nme %>', /x\.hbs: "nme" not defined.*2:/],
    ['an unknown helper', '<% shout name %>', /x\.hbs: /],
    ['an open block', '<%#each xs%>', /x\.hbs: /],
    ['a stand-in for braces', '\uE000', /x\.hbs: holds U\+E000/],
  ])('refuses %s and names the file', (_, source, message) => {
    expect(() => render(source, { name: 'n', xs: [] })).toThrow(TemplateError);
    expect(() => render(source, { name: 'n', xs: [] })).toThrow(message);
  });
});
