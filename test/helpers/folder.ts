import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type {ExecutionContext} from 'ava';

/** Creates an empty folder, without links in its path, that is removed after the test. */
export const makeFolder = (t: ExecutionContext): string => {
	const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'conntop-test-'));
	t.teardown(() => {
		fs.rmSync(folder, {recursive: true, force: true});
	});
	return folder;
};
