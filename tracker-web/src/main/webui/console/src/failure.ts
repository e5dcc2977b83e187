interface ProblemBody {
  title?: string;
  detail?: string;
  errors?: { field: string; message: string }[];
}

/** A call that did not work out: what the service said of it (RFC 9457), or that it did not answer. */
export class Failure extends Error {
  constructor(
    message: string,
    /** The status; 0 when there was no answer. */
    readonly status: number,
    /** Seconds after which the service wants to be asked again. */
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }

  static async of(service: string, answer: Response): Promise<Failure> {
    const body: ProblemBody = await answer.json().catch(() => ({}));
    const fields = (body.errors ?? []).map(({ field, message }) => `${field} ${message}`);
    const said = [body.detail ?? body.title, ...fields].filter(Boolean).join(" ");
    const seconds = Number(answer.headers.get("Retry-After"));
    return new Failure(said || `${service} answered ${answer.status}.`, answer.status, seconds > 0 ? seconds : null);
  }
}
