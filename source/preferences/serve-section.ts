/** The table `[serve]` of the settings file: names for peers and services in the metrics of `conntop serve`. */
import {bitsOf, parsePrefix, type Prefix} from '../addresses/prefix.js';
import {normalizeName} from '../text/spelling.js';
import {meant, quoted, shortened} from './read-value.js';
import {isTable} from './toml-text.js';

/** A name for some networks of peers. */
export type PeerGroup = {readonly name: string; readonly prefixes: readonly Prefix[]};

/** A name for a port; without a transport protocol, for all of them. */
export type NamedService = {readonly name: string; readonly port: number; readonly transport?: string};

export type ServeSection = {
	readonly peerGroups: readonly PeerGroup[];
	readonly services: readonly NamedService[];
};

export const emptyServeSection: ServeSection = {peerGroups: [], services: []};

/** Reports a problem with the value at a path. */
type Complain = (path: readonly string[], message: () => string) => void;

/** The parts of the section. */
export const serveParts = ['peer-groups', 'services'] as const;

/** Maximum number of groups, so that a metric family stays below its cap. */
const maxNames = 100;

const maxNameLength = 60;

const listOf = (value: unknown): readonly unknown[] => Array.isArray(value) ? value : [value];

/** Reads `10.0.0.0/8`, or an address. */
const readPrefix = (value: unknown): Prefix | undefined => {
	const [address, length, ...rest] = typeof value === 'string' ? value.trim().split('/') : [];
	if (address === undefined || rest.length > 0) {
		return undefined;
	}

	if (length === undefined) {
		return parsePrefix(address);
	}

	return /^\d{1,3}$/v.test(length) && Number(length) <= bitsOf(address) ? parsePrefix(address, Number(length)) : undefined;
};

/** Reads `443`, `"443"` or `"443/tcp"`. */
const readPort = (value: unknown): Omit<NamedService, 'name'> | undefined => {
	const {port, transport} = /^(?<port>\d{1,5})(?:\/(?<transport>[a-z]+))?$/v.exec(typeof value === 'number' ? String(value) : (typeof value === 'string' ? value.trim() : ''))?.groups ?? {};
	const number = Number(port);
	return number >= 1 && number <= 65_535 ? {port: number, ...(transport !== undefined && {transport})} : undefined;
};

/** Reads a table of names, each with a list. */
const readNames = <Item>(
	path: readonly string[], value: unknown, {read, example}: {readonly read: (item: unknown) => Item | undefined; readonly example: string}, complain: Complain,
): ReadonlyArray<readonly [name: string, items: readonly Item[]]> => {
	if (!isTable(value)) {
		complain(path, () => `${path.at(-1) ?? ''} is a table: a line [${path.join('.')}], then lines such as ${example}`);
		return [];
	}

	const entries = Object.entries(value);
	if (entries.length > maxNames) {
		complain(path, () => `${path.at(-1) ?? ''} takes at most ${maxNames} names; got ${entries.length}`);
		return [];
	}

	return entries.flatMap(([name, written]) => {
		const items = listOf(written).map(item => read(item));
		const isRight = items.every(item => item !== undefined) && name !== '' && name.length <= maxNameLength;
		if (!isRight) {
			complain([...path, name], () => `${shortened(name)} takes a list, such as ${example}`);
		}

		return isRight ? [[name, items.filter(item => item !== undefined)] as const] : [];
	});
};

/** Parses the section. Errors are reported, and invalid parts are left out. */
export const readServeSection = (key: string, value: unknown, complain: Complain): ServeSection => {
	if (!isTable(value)) {
		complain([key], () => 'serve is a table: a line [serve.peer-groups], then lines such as office = ["10.1.0.0/16"]');
		return emptyServeSection;
	}

	const named: Partial<Record<(typeof serveParts)[number], readonly [path: readonly string[], value: unknown]>> = {};
	for (const [written, names] of Object.entries(value)) {
		const part = serveParts.find(each => normalizeName(each) === normalizeName(written));
		if (part === undefined) {
			complain([key, written], () => `serve has no ${quoted(written)}${meant(written, serveParts)}`);
		} else {
			named[part] = [[key, written], names];
		}
	}

	const {'peer-groups': peers, services: ports} = named;
	return {
		peerGroups: peers === undefined
			? []
			: readNames(...peers, {read: readPrefix, example: 'office = ["10.1.0.0/16", "2001:db8::/32"]'}, complain)
				.map(([name, prefixes]) => ({name, prefixes})),
		services: ports === undefined
			? []
			: readNames(...ports, {read: readPort, example: 'web = [8080, "8443/tcp"]'}, complain)
				.flatMap(([name, all]) => all.map(port => ({name, ...port}))),
	};
};
