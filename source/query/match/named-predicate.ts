import {protocols} from '../../table/columns/protocols.js';
import type {FieldContext} from '../../fields/model/field.js';
import type {Endpoint} from '../language/expression.js';
import {domainOf, type NamedDomain, type NamedHost} from '../language/values/named-host.js';
import {compileShellPattern} from '../language/shell-pattern.js';
import {memoize} from './memoize.js';
import type {SlotPredicate} from './selection-filter.js';

/** Tests an endpoint that is not an IP address; valid until the table changes. */
export const compileNamed = (end: Endpoint, host: NamedHost): ((context: FieldContext) => SlotPredicate) => {
	if (end === 'either') {
		const local = compileNamed('local', host);
		const peer = compileNamed('peer', host);
		return context => {
			const isLocal = local(context);
			const isPeer = peer(context);
			return slot => isLocal(slot) || isPeer(slot);
		};
	}

	const ofDomain = protocols.map(({domain}) => domain === domainOf(host));
	const bind = binders[host.domain](end, host);
	return context => {
		const {protocol} = context.table.core;
		const isEnd = bind(context);
		return slot => ofDomain[protocol[slot]] && isEnd(slot);
	};
};

type NamedBinder = (end: 'local' | 'peer', host: NamedHost) => (context: FieldContext) => SlotPredicate;

/** Tests each name once: many sockets share one, for example those that a listener accepted. */
const byText = ({table: {texts}}: FieldContext, isWanted: (text: string) => boolean): ((number: number) => boolean) =>
	memoize((number: number) => isWanted(number === 0 ? '' : texts.of(number)));

const unixEnd: NamedBinder = (end, {name = '*'}) => {
	const matches = compileShellPattern(name);
	return context => {
		const {table} = context;
		const isName = byText(context, text => matches(text.toLowerCase()));
		const {core: {localName, peerName}, pairs} = table;
		if (end === 'local') {
			return slot => isName(localName[slot]);
		}

		// The kernel reports only which socket is the peer, not its name.
		return slot => {
			const peer = peerName[slot] === 0 ? pairs.otherEnd(slot) : -1;
			return isName(peer === -1 ? peerName[slot] : localName[peer]);
		};
	};
};

/** The parts of a name before and after the last colon. */
const beforeColon = (text: string): string => text.slice(0, Math.max(0, text.lastIndexOf(':')));
const afterColon = (text: string): string => text.slice(text.lastIndexOf(':') + 1);

const isAll: SlotPredicate = () => true;
const isNone: SlotPredicate = () => false;

const bindPart = (context: FieldContext, column: Uint32Array, wanted: string | undefined, part: (text: string) => string): SlotPredicate => {
	if (wanted === undefined) {
		return isAll;
	}

	const isPart = byText(context, text => part(text) === wanted);
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
		: context => {
			const {localName, interfaceIndex, namespace} = context.table.core;
			const wanted = name === undefined ? undefined : (name === everyProtocol ? '*' : `[${name}]`);
			return joined(
				bindPart(context, localName, wanted, text => text),
				port === undefined ? isAll : slot => String(interfaceIndex[slot]) === port || (interfaceIndex[slot] !== 0 && context.interfaceName(interfaceIndex[slot], namespace[slot]) === port),
			);
		},
	// The peer has the same protocol; its name consists of group and port.
	netlink: (end, {name, port}) => context => {
		const {localName, peerName} = context.table.core;
		return joined(
			bindPart(context, localName, name, beforeColon),
			bindPart(context, end === 'local' ? localName : peerName, port, text => afterColon(text) === 'kernel' ? '0' : afterColon(text)),
		);
	},
	vsock: (end, {name, port}) => context => {
		const names = context.table.core[`${end}Name`];
		return joined(bindPart(context, names, name, beforeColon), bindPart(context, names, port, afterColon));
	},
};
