import test from 'ava';
import {commonServiceNames, createServiceLookup, findCommonService} from '../../source/names/service-table.js';

test('parses a services file', t => {
	const services = createServiceLookup('# comment\n\ntcpmux\t\t1/tcp\nssh 22/tcp SecureShell # remote\nodd\nbad x/tcp\nbig 99999/tcp\nnosuch #80/tcp');
	t.deepEqual(services('tcpmux'), [1]);
	t.deepEqual(services('secureshell'), [22]);
	t.is(services('odd'), undefined);
	t.is(services('bad'), undefined);
	t.is(services('big'), undefined);
	t.is(services('nosuch'), undefined);
	t.deepEqual(services('https'), [443]);
});

test('has the most common services without the file', t => {
	t.deepEqual(findCommonService('ssh'), [22]);
	t.is(findCommonService('constructor'), undefined);
	t.true(commonServiceNames.every(name => name === name.toLowerCase()));
});
