/** What a run of vitest has found, out of its JSON report. */
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';

/** @typedef {{ passed: number, failed: number, skipped: number, failures: string[], reasons: string[] }} Report */
/** @typedef {{ status: string, ancestorTitles: string[], title: string, failureMessages: string[] }} Assertion */
/** @typedef {{ name: string, status: string, message: string, assertionResults: Assertion[] }} TestFile */

/**
 * @param {string} file the JSON report; one that is not there is a run that broke before its first test
 * @param {number | null} exitCode of the run
 * @returns {Promise<Report>} with a line for each failure and, behind the number of its tests, for each reason to skip
 */
export async function readReport(file, exitCode) {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const { testResults = [] } = /** @type {{ testResults?: TestFile[] }} */ (JSON.parse(text));
  const assertions = testResults.flatMap((result) => result.assertionResults);
  const skipped = assertions.filter(({ status }) => status === 'pending' || status === 'skipped');
  const failures = testResults.flatMap(failuresOf);
  // A suite that breaks before its first test fails without a test of its own.
  if (failures.length === 0 && exitCode !== 0) failures.push(`the run ended with ${exitCode}`);
  return {
    passed: assertions.filter(({ status }) => status === 'passed').length,
    failed: failures.length,
    skipped: skipped.length,
    failures,
    reasons: reasonsOf(skipped),
  };
}

/**
 * @param {TestFile} result
 * @returns {string[]}
 */
function failuresOf({ name, status, message, assertionResults }) {
  const file = relative(process.cwd(), name);
  const failed = assertionResults.filter((assertion) => assertion.status === 'failed');
  if (failed.length === 0) return status === 'failed' ? [`${file}: ${headline(message)}`] : [];
  return failed.map(
    ({ ancestorTitles, title, failureMessages }) =>
      `${[file, ...ancestorTitles, title].join(' > ')}: ${headline(failureMessages[0] ?? '')}`,
  );
}

/** @param {string} message */
const headline = (message) => message.split('\n')[0]?.slice(0, 300) ?? '';

/**
 * Tests that are skipped say why in the title of their group.
 * @param {Assertion[]} skipped
 */
function reasonsOf(skipped) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { ancestorTitles, title } of skipped) {
    const [, reason = 'no reason given'] =
      /\(skipped: (.+)\)/.exec([...ancestorTitles, title].join(' ')) ?? [];
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => `${count} ${count === 1 ? 'test' : 'tests'}: ${reason}`);
}
