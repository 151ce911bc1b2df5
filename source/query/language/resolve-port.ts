import {
	allOf,
	anyOf,
	type End,
	type Expression,
} from './expression.js';
import type {Lookups} from '../../names/lookups.js';
import {
	exampleOfNamed,
	isNamedDomain,
	parseNamedHost,
	splitFamily,
} from './named-host.js';
import {unescapeText} from './pattern.js';
import {fail, quote} from './problem.js';
import type {Question} from './question.js';
import {resolvePorts} from './resolve-numbers.js';

/** Conditions on the port of an end, which may have a family before it: `80`, `inet6:80`, `vsock:1024`. */
export const resolvePort = (end: End, question: Question, lookups: Lookups): Expression => {
	const {comparison, values} = question;
	const families = values.map(token => splitFamily(unescapeText(token.raw)));
	if (families.every(({family}) => family === undefined)) {
		return resolvePorts(end, question, lookups);
	}

	return anyOf(families.map(({family, rest}, index) => {
		const token = values[index];
		if (isNamedDomain(family)) {
			const host = comparison === '=' ? parseNamedHost(family, rest, true) : undefined;
			return host === undefined ? fail(`${quote(token.raw)} can only be compared with = or !=, and names an end such as ${exampleOfNamed(family)}.`, token) : {kind: 'named', end, host};
		}

		const condition = resolvePorts(end, {...question, values: [{...token, raw: rest}]}, lookups);
		return family === undefined ? condition : allOf([{kind: 'family', family}, condition]);
	}));
};
