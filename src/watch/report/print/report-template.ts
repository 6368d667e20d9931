import { readFileSync } from 'node:fs';
import { Liquid, type Template } from 'liquidjs';
import { SettingFaults } from '../../../config/settings/setting-faults.ts';
import type { Limits } from '../../../config/limits.ts';
import type { DailyReport } from '../daily-report.ts';
import { REPORT_FILTERS } from './report-words.ts';

const OWN = new URL('template/daily-report.liquid', import.meta.url);

export const TEMPLATE_LIMITS = {
  text: { value: 1_048_576, unit: 'characters', why: 'A template with all its words and styles has 15,000.' },
  time: {
    value: 1_000,
    unit: 'ms',
    why: 'A template that loops must not hold up the gateway for longer; a report takes some 20 ms.',
  },
  memory: { value: 100_000_000, unit: 'bytes', why: 'LiquidJS counts what a template puts together.' },
} as const satisfies Limits;

/** Prints a report as HTML. */
export interface ReportTemplate {
  /** Throws where a filter fails, or where it takes too long. */
  print(report: DailyReport): string;
}

/**
 * Reads a template in the Liquid language, the gateway's own or one that an office has changed. A template can read the report and
 * nothing else; every value is escaped, and nothing of it is run as code. Throws SettingFaults with the first fault of the template.
 */
export function readReportTemplate(file: string | null): ReportTemplate {
  const engine = new Liquid({
    outputEscape: 'escape',
    strictFilters: true,
    ownPropertyOnly: true,
    cache: false,
    parseLimit: TEMPLATE_LIMITS.text.value,
    renderLimit: TEMPLATE_LIMITS.time.value,
    memoryLimit: TEMPLATE_LIMITS.memory.value,
    // Parts are texts, not files: a template of an office reads nothing from the disk.
    templates: { compare: readFileSync(new URL('template/compare.liquid', import.meta.url), 'utf8') },
  });
  for (const [name, filter] of Object.entries(REPORT_FILTERS)) engine.registerFilter(name, filter);
  let parsed: Template[];
  try {
    parsed = engine.parse(readFileSync(file ?? OWN, 'utf8'));
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : '').split('\n');
    throw new SettingFaults([`REPORT_TEMPLATE: ${reason}`]);
  }
  return { print: (report) => String(engine.renderSync(parsed, { report })) };
}
