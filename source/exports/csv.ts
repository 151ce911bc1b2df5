import type {JsonValue} from '../fields/model/format.js';
import {escapeText} from '../text/escape.js';

/** A CSV cell (RFC 4180), quoted if needed. On a terminal, foreign text is escaped, so that a line feed in it does not start a new row. */
export const csvCell = (value: JsonValue | boolean | Readonly<Record<string, JsonValue>> | undefined, isForTerminal: boolean): string => {
	const raw = value === undefined ? '' : (typeof value === 'object' ? JSON.stringify(value) : String(value));
	const text = isForTerminal ? escapeText(raw) : raw;
	return /[\n\r",]/v.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
