/** The office behind a request, as far as it is known: codes and registered ids, never a person. */
export interface OfficePlace {
  /** Registered client of an agency; null where the caller is no office. */
  readonly office: string | null;
  /** Codes of commune and province; null where the office works for a province or for the country. */
  readonly commune: string | null;
  readonly province: string | null;
}

/** One answer that is about to leave. */
export interface AnsweredRequest extends OfficePlace {
  readonly status: number;
  /** From the last byte of the body to the release; milliseconds. */
  readonly milliseconds: number;
}

/** One form that was filled. */
export interface FilledForm extends OfficePlace {
  /** Papers that the office asked for although data had answered them. */
  readonly askedAnyway: number;
}

/** Counts what is asked of the gateway by office. It hears of no person, dossier or officer. */
export interface ActivityObserver {
  answered(request: AnsweredRequest): void;
  formFilled(form: FilledForm): void;
}
