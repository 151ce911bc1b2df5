import test from 'ava';
import {privilegeSentence} from '../../source/owners/privileges.js';

test('names the missing privileges', t => {
	t.is(privilegeSentence(1000), 'run as root, or grant cap_sys_ptrace and cap_dac_read_search');
	t.notRegex(privilegeSentence(0), /as root/v);
});
