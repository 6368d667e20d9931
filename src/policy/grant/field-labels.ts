/** Data category of a field: Decree 356/2025/ND-CP art. 3 (basic) and 4 (sensitive); or not about a person. */
export type DataCategory = 'BASIC' | 'SENSITIVE' | 'NON_PERSONAL';

/** Labels of all fields by schema coordinate; a coordinate without one is never granted. */
export interface FieldLabels {
  categoryOf(coordinate: string): DataCategory | undefined;
  /** True for a field that answers a question about a value: its arguments are closed unless the agreement lists them. */
  isMinimised?(coordinate: string): boolean;
}
