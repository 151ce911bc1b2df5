import test from 'ava';
import {isAsciiWanted, isDumb} from '../../source/commands/terminal-kind.js';

test('the locale determines whether to use UTF-8: the first of LC_ALL, LC_CTYPE and LANG that is not empty', t => {
	for (const environment of [
		{LANG: 'en_GB.UTF-8'},
		{LANG: 'C.UTF-8', TERM: 'linux'},
		{LC_CTYPE: 'en_GB.utf-8'},
		{LC_ALL: 'de_DE.utf8', LANG: 'C'},
		{LC_ALL: '', LC_CTYPE: 'C.UTF-8', LANG: 'C'},
		{LANG: 'sr_RS.UTF-8@latin'},
		{TERM: 'xterm-256color'},
		{},
	]) {
		t.false(isAsciiWanted(environment), JSON.stringify(environment));
	}

	for (const environment of [
		{LC_ALL: 'C', LANG: 'en_GB.UTF-8'},
		{LC_CTYPE: 'POSIX', LANG: 'en_GB.UTF-8'},
		{LANG: 'C'},
		{LANG: 'de_DE'},
		{LANG: 'de_DE.ISO-8859-1'},
		{LC_ALL: '', LANG: 'C'},
		{TERM: 'linux'},
		{TERM: 'vt100', LANG: ''},
	]) {
		t.true(isAsciiWanted(environment), JSON.stringify(environment));
	}
});

test('a dumb terminal gets lines', t => {
	t.true(isDumb({TERM: 'dumb'}));
	t.true(isDumb({TERM: 'unknown'}));
	t.false(isDumb({TERM: 'xterm'}));
	t.false(isDumb({}));
});
