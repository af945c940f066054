/**
 * A text that reaches the collector as it is: on the way Helm executes double braces, and the collector expands
 * dollars.
 */
export function literal(text: string): string {
  return text.replaceAll('$', '$$$$').replaceAll('{{', '{{ "{{" }}');
}
