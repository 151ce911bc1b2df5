import {findField} from '../../fields/registry.js';
import {protocols, type ProtocolName} from '../../table/columns/protocols.js';
import type {Expression} from '../language/expression.js';
import {domainOf} from '../language/values/named-host.js';

/**
Returns the protocols that an expression names, or that alone have a field that it names. Users then need not select these protocols separately: `conntop list
src unix:/run/*`, `conntop list netlinkGroups ~ 5`.
*/
export const protocolsIn = (expression: Expression): readonly ProtocolName[] => {
	if (expression.kind === 'and' || expression.kind === 'or') {
		return expression.terms.flatMap(term => protocolsIn(term));
	}

	if (expression.kind === 'named') {
		return protocols.filter(({domain}) => domain === domainOf(expression.host)).map(({name}) => name);
	}

	if ('field' in expression) {
		return findField(expression.field)?.protocols ?? [];
	}

	return expression.kind === 'protocol' ? [expression.protocol] : [];
};
