/** Interprets failed exports. */

/** HTTP status codes below 500 that ask to retry later (OTLP, section "Failures"). */
const later: ReadonlySet<number> = new Set([408, 429]);

/** Whether a receiver has rejected the data, and would reject it again. */
export const isRefused = (error: Error): boolean => {
	const code = 'code' in error ? error.code : undefined;
	return typeof code === 'number' && code >= 400 && code < 500 && !later.has(code);
};

/** Whether an export has worked: its code is SUCCESS of the SDK. */
export const isSuccess = ({code}: {readonly code: number}): boolean => code === 0;

/** The reason in a few words. */
export const reasonOf = (error: Error): string => {
	const code = 'code' in error ? String(error.code) : '';
	const message = error.message === '' ? error.name : error.message;
	return (code === '' || message.includes(code) ? message : `${message} (${code})`).slice(0, 200);
};
