/* eslint-disable no-var, unicorn/prefer-node-protocol, unicorn/no-process-exit, n/prefer-global/process, n/prefer-process-get-builtin-module -- Old versions of Node.js must be able to run this, to refuse themselves. */
/*
Refuses to install the package where Node.js is too old to run it. In a clone nothing is refused: `npm ci` brings a Node.js of its own.
*/
var fs = require('fs');
var path = require('path');

var root = path.join(__dirname, '..');
var needed = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).engines.node.replace('>=', '');

var isOlder = function (version, other) {
	var a = version.split('.').map(Number);
	var b = other.split('.').map(Number);
	return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
};

if (!fs.existsSync(path.join(root, 'source')) && isOlder(process.versions.node, needed)) {
	console.error('conntop needs Node.js ' + needed + ' or newer; this is v' + process.versions.node + '.');
	process.exit(1);
}
