import { chmodSync, mkdirSync, readdirSync, rmdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandLine } from '../../support/command-line.ts';
import { release } from './release.ts';

const { cli, folder, read } = commandLine();

describe('--fix', () => {
  const broken = [
    '# mine  ',
    'otelcol: # the collector',
    '    alternateConfig:',
    '        exporters:',
    '            "otlp/a":   {endpoint:   "a:1"}   # to a',
    '            nop/one: # nothing',
    '            nop/two: ~   # nothing',
    '            nop/three: null',
    '        service: {pipelines: {traces/a: {receivers: [otlp], exporters: [ otlp/a , nop/one,nop/two, nop/three]}}}',
    '',
  ];
  const mended = [
    '# mine  ',
    'otelcol: # the collector',
    '    alternateConfig:',
    '        exporters:',
    '            otlp_grpc/a:   {endpoint:   "a:1"}   # to a',
    '            nop/one: {} # nothing',
    '            nop/two: {}   # nothing',
    '            nop/three: {}',
    '        service: {pipelines: {traces/a: {receivers: [otlp], exporters: [ otlp_grpc/a , nop/one,nop/two, nop/three]}}}',
    '',
  ];

  test.each(['\n', '\r\n'])('mends what is certain and leaves every other byte, line ends %j', (end) => {
    const { status, stdout } = cli(['validate', '--fix', 'x.yaml'], { 'x.yaml': broken.join(end) });
    expect(read('x.yaml')).toBe(mended.join(end));
    expect({ status, lines: stdout.split('\n').toSorted() }).toEqual({
      status: 0,
      lines: [
        '',
        '1 file, 0 problems',
        'x.yaml:5:13: otlp/a is now otlp_grpc/a, and in what names it',
        'x.yaml:6:13: null is now {}',
        'x.yaml:7:13: null is now {}',
        'x.yaml:8:13: null is now {}',
      ],
    });
  });

  test('mends values inside an Application, in a block of text too', () => {
    const inner = broken.join('\n          ').trimEnd();
    const text = (values: string) =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  source:\n    chart: spacelift-telemetry\n    helm:\n        values: |\n          ${values}\n`;
    expect(cli(['validate', '--fix', 'app.yaml'], { 'app.yaml': text(inner) }).status).toBe(0);
    expect(read('app.yaml')).toBe(text(mended.join('\n          ').trimEnd()));
  });

  test('mends once what lies below two releases', () => {
    const files = {
      'v.yaml': 'otelcol: {alternateConfig: {exporters: {nop/x: }}}\n',
      'r.yaml': `${release('    ui: {}\n')}---\n${release('    hook: {}\n')}`,
    };
    cli(['validate', '--fix', 'v.yaml', 'r.yaml'], files);
    expect(read('v.yaml')).toBe('otelcol: {alternateConfig: {exporters: {nop/x: {} }}}\n');
  });

  test('mends what examples of Jaeger have empty, also where Jaeger is found', () => {
    const example = (nothing: string) => `jaeger:
  userconfig:
    extensions:
      healthcheckv2:
        use_v2: true
        http:${nothing}
      jaeger_query:
        storage:
          traces: recent
      jaeger_storage:
        backends:
          recent:
            memory:
              max_traces: 1000
    receivers:
      otlp:
        protocols:
          grpc:${nothing}
          http:${nothing}
    processors:
      batch:${nothing}
    exporters:
      jaeger_storage_exporter:
        trace_storage: recent
    service:
      pipelines:
        traces:
          processors: [batch]
`;
    expect(cli(['validate', '--fix', 'j.yaml'], { 'j.yaml': example('') }).status).toBe(0);
    expect(read('j.yaml')).toBe(example(' {}'));
  });

  test.each([
    [
      'a map of the chart that null may be meant to take away',
      'otelcol: {alternateConfig: {processors: {memory_limiter: null}}}\n',
    ],
    [
      'an id whose new name is taken',
      'otelcol: {alternateConfig: {exporters: {otlp/jaeger: {}, otlp_grpc/jaeger: {}}}}\n',
    ],
    ['a guess', 'jaeger: {jaeger: {replica: 1}}\n'],
    ['a key that went elsewhere', 'mode: deployment\n'],
  ])('leaves %s', (_, text) => {
    expect(cli(['validate', '--fix', 'y.yaml'], { 'y.yaml': text }).status).toBe(1);
    expect(read('y.yaml')).toBe(text);
  });

  test('mends what names an id in another file too', () => {
    const files = {
      'one.yaml': 'otelcol: {alternateConfig: {exporters: {otlp/t: {endpoint: "t:1"}}}}\n',
      'two.yaml':
        'otelcol: {alternateConfig: {service: {pipelines: {traces/t: {receivers: [otlp], exporters: [otlp/t]}}}}}\n',
    };
    expect(cli(['validate', '--fix', 'one.yaml', 'two.yaml'], files).status).toBe(0);
    for (const [name, text] of Object.entries(files))
      expect(read(name)).toBe(text.replace('otlp/t', 'otlp_grpc/t'));
  });

  test('mends what names an extension in components too', () => {
    const text = (id: string) =>
      `otelcol: {alternateConfig: {extensions: {${id}: {scopes: [a]}}, exporters: {otlp_grpc/t: {endpoint: "t:1", auth: {authenticator: ${id}}}}, service: {extensions: [health_check, ${id}], pipelines: {traces/t: {receivers: [otlp], exporters: [otlp_grpc/t]}}}}}\n`;
    cli(['validate', '--fix', 'x.yaml'], { 'x.yaml': text('azureauth') });
    expect(read('x.yaml')).toBe(text('azure_auth'));
  });

  test('changes nothing while another of the files cannot be read', () => {
    const text = 'otelcol: {alternateConfig: {exporters: {otlp/t: {endpoint: "t:1"}}}}\n';
    expect(cli(['validate', '--fix', 'x.yaml', 'none.yaml'], { 'x.yaml': text })).toMatchObject({
      status: 1,
      stdout: 'none.yaml: there is no such file; give an existing one\n2 files, 1 problem\n',
    });
    expect(read('x.yaml')).toBe(text);
  });

  test('needs no name beside the file that is taken, and says where none can be had', () => {
    mkdirSync(join(folder, 'x.yaml.tmp'), { recursive: true });
    expect(cli(['validate', '--fix', 'x.yaml'], { 'x.yaml': broken.join('\n') }).status).toBe(0);
    rmdirSync(join(folder, 'x.yaml.tmp'));
    const long = `${'x'.repeat(240)}.yaml`;
    const { status, stderr } = cli(['validate', '--fix', long], { [long]: broken.join('\n') });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(/^x{240}\.yaml: was not changed: ENAMETOOLONG.*\n$/),
    });
    expect(read(long)).toBe(broken.join('\n'));
  });

  test('leaves an id that is named where nothing can be changed', () => {
    const one = 'otelcol: {alternateConfig: {exporters: {otlp/t: {endpoint: "t:1"}}}}\n';
    const folded =
      'otelcol: {alternateConfig: {service: {pipelines: {traces/t: {receivers: [otlp], exporters: [otlp/t]}}}}}';
    const app = (helm: string) =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  source:\n    chart: spacelift-telemetry\n    helm:\n${helm}`;
    const inText = app(`      values: '${folded}'\n`);
    const pipeline = 'otelcol.alternateConfig.service.pipelines.traces/t';
    const inParameters = app(
      `      parameters: [{name: ${pipeline}.receivers, value: "{otlp}"}, {name: ${pipeline}.exporters, value: "{otlp/t}"}]\n`,
    );
    for (const text of [inText, inParameters]) {
      const { status } = cli(['validate', '--fix', 'v.yaml', 'a.yaml'], { 'v.yaml': one, 'a.yaml': text });
      expect({ status, v: read('v.yaml'), a: read('a.yaml') }).toEqual({ status: 1, v: one, a: text });
    }
  });

  test('writes through a link, keeps the mode, and leaves nothing behind', () => {
    writeFileSync(join(folder, 'real.yaml'), broken.join('\n'));
    chmodSync(join(folder, 'real.yaml'), 0o640);
    symlinkSync('real.yaml', join(folder, 'link.yaml'));
    expect(cli(['validate', '--fix', 'link.yaml']).status).toBe(0);
    expect(read('real.yaml')).toBe(mended.join('\n'));
    expect(statSync(join(folder, 'real.yaml')).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});
