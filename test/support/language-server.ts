import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import {
  type CompletionItem,
  CompletionRequest,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DidChangeConfigurationNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  type Hover,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type MarkupContent,
  type Position,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node.js';

/** What an editor has been told about one file. */
export interface EditedFile {
  /** What is offered where the text has its `|`, in the order of a list that sorts by `sortText`, else by label. */
  readonly completions: CompletionItem[];
  /** Text of the hover at the `|`, as Markdown. */
  readonly hover: string;
  readonly diagnostics: Diagnostic[];
}

/** The yaml-language-server as VS Code's extension "YAML" runs it, and most other editors too. */
export interface YamlEditor {
  /** Opens a text as a file of that path, and returns what the server says at its `|`, the cursor. */
  open(path: string, text: string): Promise<EditedFile>;
  close(): Promise<void>;
}

/** Settings under `yaml`, and documents that a URL stands for: the server itself reaches no network. */
export interface EditorOptions {
  readonly settings?: object;
  readonly web?: Readonly<Record<string, () => string>>;
}

/** Starts the server over stdio, with the client's half of what it asks. */
export async function startYamlEditor({ settings = {}, web = {} }: EditorOptions = {}): Promise<YamlEditor> {
  const program = createRequire(import.meta.url).resolve('yaml-language-server/bin/yaml-language-server');
  const server = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const yaml = { schemaStore: { enable: false }, kubernetesCRDStore: { enable: false }, ...settings };
  connection.onRequest(ConfigurationRequest.type, ({ items }) =>
    items.map(({ section }) => (section === 'yaml' ? yaml : {})),
  );
  connection.onRequest(RegistrationRequest.type, () => {});
  // A connection has one listener for a message: diagnostics go on from there by the file they are for.
  const published = new EventEmitter();
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
    published.emit(uri, diagnostics);
  });
  connection.onRequest('vscode/content', (url: string) => {
    const content = web[url];
    if (!content) throw new Error(`the test gives nothing for ${url}`);
    return content();
  });
  connection.listen();
  await initialize(connection);
  return {
    open: (path, text) => open(connection, published, pathToFileURL(path).href, text),
    async close() {
      await connection.sendRequest(ShutdownRequest.type);
      const gone = once(server, 'exit');
      await connection.sendNotification(ExitNotification.type);
      await gone;
      connection.dispose();
    },
  };
}

async function initialize(connection: ProtocolConnection): Promise<void> {
  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: pathToFileURL('.').href,
    workspaceFolders: [{ uri: pathToFileURL('.').href, name: 'spacelift-telemetry' }],
    capabilities: {
      workspace: { configuration: true },
      textDocument: {
        completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
        hover: { contentFormat: ['markdown'] },
      },
    },
  });
  await connection.sendNotification(InitializedNotification.type, {});
  // The client fetches what a URL stands for, as VS Code's does.
  await connection.sendNotification('yaml/registerContentRequest');
  await connection.sendNotification(DidChangeConfigurationNotification.type, { settings: {} });
}

async function open(
  connection: ProtocolConnection,
  published: EventEmitter,
  uri: string,
  marked: string,
): Promise<EditedFile> {
  const { text, position } = cursor(marked);
  const judged: Promise<Diagnostic[][]> = once(published, uri);
  const textDocument = { uri, languageId: 'yaml', version: 1, text };
  await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  const [diagnostics = []] = await judged; // before anything else: a completion edits the server's copy of the text
  const at = { textDocument: { uri }, position };
  const offered = await connection.sendRequest(CompletionRequest.type, at);
  const hover = await connection.sendRequest(HoverRequest.type, at);
  const items = Array.isArray(offered) ? offered : (offered?.items ?? []);
  const order = ({ sortText, label }: CompletionItem) => sortText ?? label;
  return {
    completions: items.toSorted((a, b) => (order(a) < order(b) ? -1 : 1)),
    hover: markdown(hover),
    diagnostics,
  };
}

function cursor(marked: string): { text: string; position: Position } {
  const [before = '', ...after] = marked.split('|');
  const lines = before.split('\n');
  const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  return { text: before + after.join('|'), position };
}

function markdown(hover: Hover | null): string {
  return (hover?.contents as MarkupContent | undefined)?.value ?? '';
}
