import {
	allOf,
	anyOf,
	type Endpoint,
	type Expression,
} from './expression.js';
import {
	exampleOfNamed,
	isNamedDomain,
	parseNamedHost,
	splitFamily,
} from './values/named-host.js';
import {unescapeText} from './pattern.js';
import {fail, quote} from './problem.js';
import type {Clause} from './clause.js';
import {resolvePorts} from './resolve-numbers.js';
import type {Scope} from './scope.js';

/**
Resolves conditions on the port of an endpoint, which may have a family before it: `80`, `inet6:80`, `vsock:1024`. If only sockets of one family without IP
addresses are shown, the port is of that family.
*/
export const resolvePort = (end: Endpoint, clause: Clause, scope: Scope): Expression => {
	const {comparison, values} = clause;
	const texts = values.map(token => splitFamily(unescapeText(token.raw)));
	const ofAll = comparison === '=' ? scope.onlyDomain : undefined;
	if (ofAll === undefined && texts.every(({family}) => family === undefined)) {
		return resolvePorts(end, clause, scope);
	}

	return anyOf(texts.map(({family = ofAll, rest}, index) => {
		const token = values[index];
		if (isNamedDomain(family)) {
			const host = comparison === '=' ? parseNamedHost(family, rest, true) : undefined;
			return host === undefined
				? fail(`${quote(token.raw)} can only be compared with = or !=; write an endpoint such as ${exampleOfNamed(family)}.`, token)
				: {kind: 'named', end, host};
		}

		const condition = resolvePorts(end, {...clause, values: [{...token, raw: rest}]}, scope);
		return family === undefined ? condition : allOf([{kind: 'family', family}, condition]);
	}));
};
