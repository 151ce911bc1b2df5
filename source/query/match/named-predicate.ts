import {protocols} from '../../table/columns/protocols.js';
import type {World} from '../../fields/model/field.js';
import type {Endpoint} from '../language/expression.js';
import {domainOf, type NamedDomain, type NamedHost} from '../language/values/named-host.js';
import {compileShellPattern} from '../language/shell-pattern.js';
import {memoize} from './memoize.js';
import type {SlotPredicate} from './selection-filter.js';

/** Tests an endpoint that is not an IP address; valid until the table changes. */
export const compileNamed = (end: Endpoint, host: NamedHost): ((world: World) => SlotPredicate) => {
	if (end === 'either') {
		const local = compileNamed('local', host);
		const peer = compileNamed('peer', host);
		return world => {
			const isLocal = local(world);
			const isPeer = peer(world);
			return slot => isLocal(slot) || isPeer(slot);
		};
	}

	const ofDomain = protocols.map(({domain}) => domain === domainOf(host));
	const bind = binders[host.domain](end, host);
	return world => {
		const {protocol} = world.table.core;
		const isEnd = bind(world);
		return slot => ofDomain[protocol[slot]] && isEnd(slot);
	};
};

type NamedBinder = (end: 'local' | 'peer', host: NamedHost) => (world: World) => SlotPredicate;

/** Tests each name once: many sockets share one, for example those that a listener accepted. */
const byText = ({table: {texts}}: World, isWanted: (text: string) => boolean): ((number: number) => boolean) =>
	memoize((number: number) => isWanted(number === 0 ? '' : texts.of(number)));

const unixEnd: NamedBinder = (end, {name = '*'}) => {
	const matches = compileShellPattern(name);
	return world => {
		const {table} = world;
		const isName = byText(world, text => matches(text.toLowerCase()));
		const {core: {localName, peerName}, pairs} = table;
		if (end === 'local') {
			return slot => isName(localName[slot]);
		}

		// The kernel reports only which socket is the peer, not its name.
		return slot => {
			const peer = peerName[slot] === 0 ? pairs.farEnd(slot) : -1;
			return isName(peer === -1 ? peerName[slot] : localName[peer]);
		};
	};
};

/** The parts of a name before and after the last colon. */
const beforeColon = (text: string): string => text.slice(0, Math.max(0, text.lastIndexOf(':')));
const afterColon = (text: string): string => text.slice(text.lastIndexOf(':') + 1);

const isAll: SlotPredicate = () => true;
const isNone: SlotPredicate = () => false;

const bindPart = (world: World, column: Uint32Array, wanted: string | undefined, part: (text: string) => string): SlotPredicate => {
	if (wanted === undefined) {
		return isAll;
	}

	const isPart = byText(world, text => part(text) === wanted);
	return slot => isPart(column[slot]);
};

const joined = (isName: SlotPredicate, isPort: SlotPredicate): SlotPredicate => slot => isName(slot) && isPort(slot);

/** ETH_P_ALL, which the table shows as an asterisk. */
const everyProtocol = '3';

const binders: Readonly<Record<NamedDomain, NamedBinder>> = {
	unix: unixEnd,
	// A packet socket has no peer.
	link: (end, {name, port}) => end === 'peer' && (name !== undefined || port !== undefined)
		? () => isNone
		: world => {
			const {localName, interfaceIndex, namespace} = world.table.core;
			const wanted = name === undefined ? undefined : (name === everyProtocol ? '*' : `[${name}]`);
			return joined(
				bindPart(world, localName, wanted, text => text),
				port === undefined ? isAll : slot => String(interfaceIndex[slot]) === port || (interfaceIndex[slot] !== 0 && world.interfaceName(interfaceIndex[slot], namespace[slot]) === port),
			);
		},
	// The peer has the same protocol; its name consists of group and port.
	netlink: (end, {name, port}) => world => {
		const {localName, peerName} = world.table.core;
		return joined(
			bindPart(world, localName, name, beforeColon),
			bindPart(world, end === 'local' ? localName : peerName, port, text => afterColon(text) === 'kernel' ? '0' : afterColon(text)),
		);
	},
	vsock: (end, {name, port}) => world => {
		const names = world.table.core[`${end}Name`];
		return joined(bindPart(world, names, name, beforeColon), bindPart(world, names, port, afterColon));
	},
};
