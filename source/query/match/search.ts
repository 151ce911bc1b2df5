/**
Compiles a search. It matches like words in a filter, and also everything else that the row shows: the texts of all columns, and host and service names if the
screen shows them instead of numbers.
*/
import {formatAddress} from '../../addresses/address.js';
import {localEndpoint, peerEndpoint} from '../../fields/model/endpoint-text.js';
import {hostNameOf, serviceName} from '../../fields/model/endpoint-names.js';
import type {Field, FieldContext} from '../../fields/model/field.js';
import {formatValue} from '../../fields/model/format.js';
import {isInet} from '../../fields/model/named-endpoints.js';
import type {Lookups} from '../../names/lookups.js';
import type {Names} from '../../names/names.js';
import {parseSearch} from '../language/parse.js';
import {memoizeAddresses} from './address-memo.js';
import type {Binder} from './binder.js';
import {compileFilter} from './predicate.js';
import {
	filterBy,
	intersection,
	keepNone,
	union,
	type SelectionFilter,
	type SlotPredicate,
} from './selection-filter.js';

/** What rows show. */
export type Shown = {
	/** Fields of the columns. */
	readonly fields: readonly Field[];
	/** Names known so far, which are shown instead of numbers; undefined while numbers are shown. Must not start lookups. */
	readonly names?: Names | undefined;
};

/** Fields that words of a filter already match. */
const matchedByWords: ReadonlySet<string> = new Set(['protocol', 'state', 'local', 'peer', 'localAddress', 'peerAddress', 'localPort', 'peerPort', 'process', 'user']);

/** Whether the text of a field is searched. Numbers with units change all the time, and are not searched; numbers that identify something are. */
const isReadAsText = (field: Field): boolean => !matchedByWords.has(field.id)
	&& (field.kind !== 'number' || field.unit === 'none' || field.unit === 'hexadecimal');

/**
Compiles a search; undefined if it has no words. A word that does not parse as a filter is searched only as text.

@param text Words separated by spaces, all of which must match.
@param shown What rows show.
@param lookups Resolves names in the words.
*/
export const compileSearch = (text: string, shown: Shown, lookups?: Lookups): Binder | undefined => {
	const words = text.split(/\s+/v).filter(word => word !== '').map(word => compileWordOf(word, shown, lookups));
	return words.length === 0 ? undefined : context => intersection(words.map(bind => bind(context)));
};

const compileWordOf = (word: string, {fields, names}: Shown, lookups: Lookups | undefined): Binder => {
	const parsed = parseSearch(word, lookups);
	const compiled = 'problem' in parsed ? undefined : compileFilter(parsed.expression);
	const part = word.toLowerCase();
	const isFound = (text: string): boolean => text.toLowerCase().includes(part);
	const texts = fields.filter(field => isReadAsText(field));
	return context => union([
		compiled?.bind(context) ?? keepNone,
		...(names === undefined ? [] : [filterByName(context, part, names)]),
		...texts.map(field => filterByText(context, field, isFound)),
	]);
};

const filterByText = (context: FieldContext, field: Field, isFound: (text: string) => boolean): SelectionFilter => filterBy(slot => {
	const value = field.read(context, slot);
	return value !== undefined && isFound(formatValue(field, value));
});

/** Keeps sockets with a matching host or service name at an endpoint. Tests each address once. A word with a colon may be the end of a host name and the start of a port. */
const filterByName = (context: FieldContext, part: string, names: Names): SelectionFilter => {
	const {core} = context.table;
	const named = memoizedHosts(context, names, name => name.includes(part));
	const colon = part.lastIndexOf(':');
	const endsHost = colon === -1 ? undefined : memoizedHosts(context, names, name => name.endsWith(part.slice(0, colon)));
	return filterBy(slot => isInet(context, slot) && [localEndpoint, peerEndpoint].some(end => {
		const service = serviceName(context, slot, core[end.port][slot], names)?.toLowerCase();
		return named[end.address](slot) || (service?.includes(part) ?? false)
			|| (endsHost?.[end.address](slot) === true && (service ?? String(core[end.port][slot])).startsWith(part.slice(colon + 1)));
	}));
};

type OfEndpoints = Readonly<Record<'localAddress' | 'peerAddress', SlotPredicate>>;

const memoizedHosts = ({table: {core}}: FieldContext, names: Names, isMatch: (name: string) => boolean): OfEndpoints => {
	const of = (addresses: Uint8Array): SlotPredicate => memoizeAddresses(addresses, core.family, (bytes, offset, family) => {
		const name = hostNameOf(formatAddress(bytes, offset, family), names);
		return name !== undefined && isMatch(name.toLowerCase());
	});
	return {localAddress: of(core.localAddress), peerAddress: of(core.peerAddress)};
};
