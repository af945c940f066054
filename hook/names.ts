/**
 * Our name at the API server: field manager, prefix of annotations, component of Events. Without a field
 * manager of its own a fetch of Node's is called `node`.
 */
export const MANAGER = 'spacelift-telemetry';

/** Keys of Spacelift's Secret that this program reads and writes; it looks at no other. */
export const VENDOR = 'OBSERVABILITY_VENDOR';
/** See {@link VENDOR}: OTLP over gRPC, with `http://` in front. */
export const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT';
/** See {@link VENDOR}. */
export const KEYS = [VENDOR, ENDPOINT] as const;
/** One of {@link KEYS}. */
export type Key = (typeof KEYS)[number];

/** The vendor that connects Spacelift; exact case. */
export const OPEN_TELEMETRY = 'OpenTelemetry';
/** The vendor that is the same as none. */
export const DISABLED = 'Disabled';
/** The vendors that Spacelift knows: names that may be printed. Any other text in that key stays unsaid. */
export const VENDORS = [OPEN_TELEMETRY, DISABLED, 'Datadog', 'AWS'];

/** Annotations on a Secret. */
export const ANNOTATION = {
  /** `NAMESPACE/RELEASE` that connected it. */
  owner: `${MANAGER}/owner`,
  /** The endpoint that was written, to tell our value from somebody else's when the settings have changed. */
  endpoint: `${MANAGER}/endpoint`,
  /** The values before us as JSON, encoded as in the Secret; null for a key that was not there. */
  previous: `${MANAGER}/previous`,
  /**
   * A random word, new with each write of the Secret's data; on a Deployment `SECRET=WORD` for each Secret.
   */
  marker: `${MANAGER}/marker`,
  /** A time that the write of the marker was not later than. */
  markerTime: `${MANAGER}/marker-time`,
  /** Hash of the collector that Spacelift was last restarted for, where the values ask for that. */
  collector: `${MANAGER}/collector`,
  /** The tombstone: `NAMESPACE/RELEASE WORD TIME` of the uninstall that disconnected it. */
  disconnected: `${MANAGER}/disconnected`,
} as const;
