import type {Lookups} from '../../names/lookups.js';
import {nearestName} from '../../text/nearest.js';
import {commonServiceNames} from '../../names/service-table.js';
import type {Token} from '../grammar/syntax.js';
import type {Condition, Endpoint} from './expression.js';
import {parseWhole} from './values/numbers.js';
import {unescapeText} from './pattern.js';
import {fail, quote} from './problem.js';
import type {Clause} from './clause.js';
import {mergeRanges, rangeOf, type Range} from './values/ranges.js';

export const maxPort = 65_535;

/** PID_MAX_LIMIT on 64 bits: `include/linux/threads.h`. */
export const maxPid = 4_194_304;

const rangePattern = /^(?<from>0x[\da-f]{1,8}|\d+)(?:-(?<to>0x[\da-f]{1,8}|\d+))?$/iv;

/** Parses `80`, `0x50` or `8000-8100`; undefined for anything else. */
const parseRange = (token: Token, text: string): Range | undefined => {
	const groups = rangePattern.exec(text)?.groups;
	if (groups === undefined) {
		return undefined;
	}

	const [from, to] = [groups.from, groups.to ?? groups.from].map(digits => parseWhole(digits)
		?? fail(`A number that begins with 0 is octal, as in ss, and ${quote(digits)} is not octal; write ${Number(digits)}.`, token));
	return {from, to};
};

const checkRange = (range: Range, max: number, what: string, token: Token): Range => {
	if (range.to > max || range.from > max) {
		return fail(`${what} go up to ${max}.`, token);
	}

	return range.from > range.to ? fail('The first number of a range must not be larger than the second.', token) : range;
};

/** How ss writes a port alone: `:80`, `*:80`. */
const portMark = /^\*?:/v;

/** Parses the ports of one value: `80`, `:80`, `8000-8100`, `https`, `*` for all. Undefined if it is neither a number nor a known service. */
export const parsePorts = (token: Token, lookups: Lookups): readonly Range[] | undefined => {
	const text = unescapeText(token.raw).replace(portMark, '');
	const range = text === '*' ? {from: 0, to: maxPort} : parseRange(token, text);
	return range === undefined
		? lookups.services(text.toLowerCase())?.map(port => ({from: port, to: port}))
		: [checkRange(range, maxPort, 'Ports', token)];
};

/** Rejects a value that is neither a port nor a service. */
export const unknownService = (token: Token): never => {
	const name = unescapeText(token.raw).replace(portMark, '');
	const nearest = nearestName(name, commonServiceNames);
	const hint = nearest === undefined ? '.' : `; did you mean ${quote(nearest)}?`;
	return fail(`${quote(name)} is neither a port number nor a known service${hint}`, token);
};

/** Makes a condition on ports. */
export const portCondition = (end: Endpoint, ranges: readonly Range[]): Condition => ({
	kind: 'port',
	end,
	// For either endpoint: port 0 means that there is no peer, so it is not a small port number.
	ranges: mergeRanges(end === 'either' ? ranges.map(({from, to}) => ({from: to === 0 ? 0 : Math.max(1, from), to})) : ranges),
});

/** Resolves conditions on IP ports. */
export const resolvePorts = (end: Endpoint, clause: Clause, lookups: Lookups): Condition => {
	const ranges = clause.values.flatMap(token => parsePorts(token, lookups) ?? unknownService(token));
	return portCondition(end, compareRanges(clause, ranges, maxPort));
};

export const resolvePid = (clause: Clause): Condition => {
	const ranges = clause.values.map(token => {
		const range = parseRange(token, unescapeText(token.raw)) ?? fail(`${quote(token.raw)} is not a process ID.`, token);
		return checkRange(range, maxPid, 'Process IDs', token);
	});
	return {kind: 'pid', ranges: mergeRanges(compareRanges(clause, ranges, maxPid))};
};

/** Returns the numbers for which a comparison holds. */
const compareRanges = ({comparison, sign, signSpan, name, values}: Clause, ranges: readonly Range[], max: number): readonly Range[] => {
	if (comparison === '=') {
		return ranges;
	}

	if (comparison === '~') {
		return fail(`${quote(name)} is a number, so compare it with = != < <= > or >=.`, signSpan);
	}

	const [range] = ranges;
	if (ranges.length > 1 || range.from !== range.to) {
		fail(`${quote(sign)} compares with one number, not with several.`, values[0]);
	}

	return [rangeOf(comparison, range.from, {from: 0, to: max}) ?? fail(`No number from 0 to ${max} is ${sign} ${range.from}.`, values[0])];
};
