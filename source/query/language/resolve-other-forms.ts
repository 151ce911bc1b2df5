/** Syntax of other programs: tcpdump, lsof, rustnet. It is accepted, or rejected with a hint what to write. */
import {netlinkProtocolNames} from '../../text/netlink-names.js';
import type {ConditionSyntax, OperatorToken, Token} from '../grammar/syntax.js';
import {allOf, type Expression} from './expression.js';
import {unescapeText} from './pattern.js';
import {fail, quote} from './problem.js';
import {resolveEndpoint} from './resolve-host.js';
import {parsePorts, portCondition, unknownService} from './resolve-numbers.js';
import {findProtocol} from './resolve-words.js';
import type {Scope} from './scope.js';
import {findSubject, suggestName, type Subject} from './subjects.js';

const nameAndRest = /^(?<name>\p{Letter}[\p{Letter}\p{Number}\-._]*):(?<rest>.*)$/sv;

/** An IPv6 address or a part of one. */
const ipv6Part = /^[\d.:a-f]*$/iv;

/** Splits `port:22` into a name and its value; undefined for any other word. Texts are compared as with `~`, as in the other programs. */
export const splitName = (token: Token): Pick<ConditionSyntax, 'name' | 'operator' | 'values'> | undefined => {
	const {name = '', rest = ''} = (isPlain(token) ? nameAndRest.exec(token.raw)?.groups : undefined) ?? {};
	const subject = rest === '' || ipv6Part.test(token.raw) || findProtocol(name) !== undefined ? undefined : findSubject(name);
	if (subject === undefined) {
		return undefined;
	}

	const colon = {start: token.start + name.length, end: token.start + name.length + 1};
	return {
		name: {...token, raw: name, end: colon.start},
		operator: isSearched(subject) ? {...colon, text: '~'} satisfies OperatorToken : undefined,
		values: [{...token, raw: rest, start: colon.end}],
	};
};

const isPlain = ({form, raw}: Token): boolean => form === 'plain' && !raw.includes('\\');

const isSearched = (subject: Subject): boolean => subject.kind === 'field'
	&& (subject.field.kind === 'owners' || (subject.field.kind === 'text' && subject.field.values === undefined && !subject.field.isHexadecimal));

const optionShape = /^-(?:[a-z]$|[is](?:[46:@]|tcp|udp)|-[a-z])/iv;
const portOfProtocol = /^(?<port>\d+(?:-\d+)?)\/(?<protocol>[a-z]\w*)$/iv;

/** Lsof(8), `-i`: `[46][protocol][@host][:port]`. A word that begins with `@` is the name of a UNIX socket, unless an address follows. */
const lsofShape = /^(?:(?<version>[46])?(?<protocol>tcp|udp)?(?<!^)@(?<host>.+)|(?<versionOfPort>[46])(?<protocolOfPort>tcp|udp):(?<port>.+)|@(?<address>(?:\d+\.){3}\d+(?::.*)?|\[.*))$/iv;

/**
Resolves a word in the syntax of another program; undefined for a word to search for.

@throws FilterError for what looks like a condition, an option or a host but is not valid.
*/
export const resolveOtherForm = (token: Token, scope: Scope): Expression | undefined => {
	const {raw} = token;
	if (optionShape.test(raw)) {
		return fail(`${quote(raw)} looks like an option, and options come before the filter; quote it to search for it.`, token);
	}

	if (raw.toLowerCase() === 'mask') {
		return fail('A netmask follows a slash, as in 10.0.0.0/255.0.0.0; quote “mask” to search for the word.', token);
	}

	const ofProtocol = portOfProtocol.exec(raw)?.groups;
	const protocol = ofProtocol && findProtocol(ofProtocol.protocol);
	return protocol === undefined ? resolveLsof(token, scope) ?? resolveColon(token, scope) : allOf([protocol, resolvePorts({...token, raw: ofProtocol?.port ?? ''}, scope)]);
};

const resolvePorts = (token: Token, scope: Scope): Expression => portCondition('either', parsePorts(token, scope) ?? unknownService(token));

const resolveLsof = (token: Token, scope: Scope): Expression | undefined => {
	const groups = lsofShape.exec(token.raw)?.groups;
	if (groups === undefined) {
		return undefined;
	}

	const {version, protocol, host, versionOfPort, protocolOfPort, port, address} = groups;
	const text = host ?? port ?? address;
	const part = {...token, raw: text, start: token.end - text.length};
	const expression = port === undefined ? resolveHostOf(part, scope) : resolvePorts(part, scope);
	const [word, number] = [protocol ?? protocolOfPort ?? '', version ?? versionOfPort ?? ''];
	const kind = word === '' ? resolveFamilyNumber(number) : findProtocol(word + number);
	return kind === undefined ? expression : allOf([kind, expression]);
};

const resolveHostOf = (token: Token, scope: Scope): Expression =>
	resolveEndpoint('either', token, {...scope, hasUnix: false}) ?? fail(`${quote(token.raw)} is neither an address nor a host name.`, token);

const resolveFamilyNumber = (number: string): Expression | undefined => number === '' ? undefined : {kind: 'family', family: number === '4' ? 'inet' : 'inet6'};

const familyName = /^(?:inet6?|unix|link|netlink|vsock)$/iv;

const resolveColon = (token: Token, scope: Scope): Expression | undefined => {
	const {name, rest} = nameAndRest.exec(token.raw)?.groups ?? {};
	if (name === undefined || ipv6Part.test(token.raw) || netlinkProtocolNames.includes(name.toLowerCase())) {
		return undefined;
	}

	if (familyName.test(name)) {
		return resolveEndpoint('either', token, scope);
	}

	const part = {...token, raw: rest, start: token.end - rest.length};
	const protocol = findProtocol(name);
	if (rest === '' && (protocol ?? findSubject(name)) !== undefined) {
		return fail(`A value must follow ${quote(token.raw)} without a blank.`, token);
	}

	if (protocol !== undefined) {
		const ports = parsePorts(part, scope);
		return allOf([protocol, ports === undefined ? resolveEndpoint('either', part, scope) ?? unknownService(part) : portCondition('either', ports)]);
	}

	const isPort = /^(?:\d+|\*)$/v.test(rest) || scope.services(unescapeText(rest).toLowerCase()) !== undefined;
	const endpoint = isPort ? resolveEndpoint('either', token, {services: scope.services, ...(scope.hosts && {hosts: scope.hosts}), hasUnix: false}) : undefined;
	return endpoint ?? failName(token, name);
};

const failName = (token: Token, name: string): never => {
	const nearest = suggestName(name);
	return fail(`There is no field ${quote(name)}${nearest === undefined ? '' : `; did you mean ${quote(nearest)}?`}${nearest === undefined ? '; quote' : ' Quote'} ${quote(token.raw)} to search for it.`, token);
};
